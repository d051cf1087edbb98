/**
 * The one table of operations. A feature registers each thing that a client can ask for under the
 * name that the contract gives it; the WebSocket gateway and the HTTP router both serve this table,
 * so there is no second path to a feature (docs/adr/0003).
 *
 * <p>Registered once at start, then read from every event loop. A handler runs on the event loop of
 * the connection that asked and must not block it.
 */
package io.magpie.operation;
