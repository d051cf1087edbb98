/**
 * The WebSocket edge: the upgrade, frames in and out, hello and resume, requests and replies,
 * heartbeats, limits. Knows no feature: what a request means is found in the table of operations,
 * what is pushed comes from the hub.
 *
 * <p>A connection lives on one event loop, the one that its hub serves, and is touched there only.
 * Nothing here blocks; one timer per event loop serves all its connections.
 */
package io.magpie.gateway;
