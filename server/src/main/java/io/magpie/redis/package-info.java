/**
 * Redis, as one node uses it: where the servers are (one, behind Sentinel, or a Cluster), commands
 * with a deadline, and publish/subscribe that survives whatever happens to the connection.
 *
 * <p>The Vert.x client neither reconnects nor subscribes again, and has no deadline for an answer;
 * both are done here and nowhere else. Everything of this package runs on one event loop context,
 * which the listeners are called on.
 */
package io.magpie.redis;
