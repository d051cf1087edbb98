/**
 * What happened in a fault run, and whether the server kept its promises.
 *
 * <p>The load driver ({@code client-sdk/e2e/faults/driver.mjs}, real clients on the public SDK) and
 * the side that injects faults each append JSON lines ({@link io.magpie.faults.history.Line}) to a
 * file of their own; {@link io.magpie.faults.history.History} reads them together. The checker
 * computes sets from them, as Jepsen's set and queue checkers do: attempted, acknowledged,
 * definitely refused, delivered per device, finally read per node, and who was a member when, from
 * the streams' own events. It answers valid, invalid or unknown; a run that proves nothing is
 * unknown.
 *
 * <p>Times are compared on the monotonic clock of one machine: all writers run on it.
 */
package io.magpie.faults.history;
