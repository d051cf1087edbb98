/**
 * PostgreSQL: the pool with its deadlines, transactions, migrations and the checks at start.
 *
 * <p>Every wait is bounded: connecting, waiting for a connection, a statement, a lock, an idle
 * transaction. Failures come out as {@link io.magpie.protocol.RequestError}s; a commit whose
 * outcome is not known comes out as {@link io.magpie.storage.OutcomeUnknown}. Queries may be
 * started from any event loop and answer on it.
 */
package io.magpie.storage;
