/**
 * From a committed event to the connections that read its stream.
 *
 * <p>One {@link io.magpie.fanout.Hub} for each event loop that serves connections; it is touched by
 * that loop only. A hub has a topic for each stream that somebody on the loop reads. A topic lets
 * events through in the order of their numbers: the next one at once, an earlier one never again, a
 * later one after the gap was pulled from PostgreSQL. Knows nothing of what the events mean, except
 * that some of them open or close a stream for a user, which the features tell by a {@link
 * io.magpie.fanout.ReaderRule}.
 */
package io.magpie.fanout;
