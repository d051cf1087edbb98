package io.magpie.bench.server;

import io.magpie.bench.load.Ledger;
import io.magpie.bench.load.Wire;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * A program that is measured beside Magpie. It gets its port in the environment variable PORT.
 *
 * @param name as the table calls it
 * @param command that starts it
 * @param environment added to its own
 * @param wire its protocol
 * @param collect collects the garbage of a process with this id
 * @param notes what a reader must know
 */
public record Peer(
    String name,
    List<String> command,
    Map<String, String> environment,
    Function<Ledger, Wire> wire,
    LongConsumer collect,
    List<String> notes) {}
