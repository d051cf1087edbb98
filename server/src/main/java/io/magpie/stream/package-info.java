/**
 * The numbered logs, one mechanism for every kind of stream: writing with group commit, counter
 * rows and client ids; reading by cursor; who may read which numbers.
 *
 * <p>Numbers of a stream are 1, 2, 3 … in the order of commits: a write locks the stream's row,
 * takes the next numbers and inserts in one transaction, so a rollback gives its numbers back.
 * Knows nothing of what the events mean. {@link io.magpie.stream.Writer} lives on one event loop of
 * its own; {@link io.magpie.stream.StreamReader} may be called from any.
 */
package io.magpie.stream;
