/**
 * Work for later that is done once whatever dies: rows in PostgreSQL, taken by one node at a time
 * with a lease and a fencing number.
 *
 * <p>{@link io.magpie.job.Jobs} is what features use: they name a {@link io.magpie.job.JobKind},
 * register its handler at start, and schedule or cancel in their own transactions. What a handler
 * does in the transaction in which it completes the job happens exactly once; what it does
 * elsewhere at least once, under an id that stays the same for all tries.
 *
 * <p>Only the database's clock counts. The runner of a node and all handlers live on one event loop
 * of their own and must not block it; scheduling may be called from any.
 */
package io.magpie.job;
