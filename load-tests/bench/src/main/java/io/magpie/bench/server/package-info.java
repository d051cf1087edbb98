/**
 * The servers that are measured: Magpie and its peers. A target makes its users and conversations,
 * starts its processes on the server's core, and speaks its protocol through a {@code Wire} that
 * the generator calls for every message.
 */
package io.magpie.bench.server;
