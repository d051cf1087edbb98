package io.magpie.cluster;

import java.time.Instant;

/**
 * A living node, as operators see it.
 *
 * @param address where people reach it
 * @param draining whether it sends its clients away
 * @param load share of its machine's CPU that it takes, 0 to 1
 * @param lagMs longest delay of one of its event loops in the last minutes
 * @param leaseMs how long it is still believed in without being heard of again
 */
public record Node(
    String id,
    String version,
    String address,
    Instant startedAt,
    boolean draining,
    int connections,
    double load,
    int lagMs,
    long leaseMs) {}
