package io.magpie.operation;

import io.magpie.protocol.RequestError;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * When calls of an operation are refused before they are read (load shedding): a server that has
 * more to do than it can must not spend its time on reading what it will refuse.
 *
 * @param operation its name
 * @param parameter the parameter that names the stream, the first one as the contract lists them
 * @param pressed whether any stream may have no room now; asked for every call, so it must be cheap
 * @param full whether a call about this stream would be refused now
 * @param answer what it is told
 */
public record Shedding(
    String operation,
    String parameter,
    BooleanSupplier pressed,
    Predicate<UUID> full,
    RequestError answer) {}
