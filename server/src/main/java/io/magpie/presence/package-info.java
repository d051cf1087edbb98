/**
 * Who is there: online, away, busy, do not disturb, offline, a status in own words, last seen.
 *
 * <p>{@link io.magpie.presence.Devices} knows the connections of this node, {@link
 * io.magpie.presence.Reporter} writes what changes of them to PostgreSQL in batches under the
 * node's lease, {@link io.magpie.presence.Sweeper} takes back what dead nodes wrote, {@link
 * io.magpie.presence.Follower} reads what changed anywhere, and {@link io.magpie.presence.Watching}
 * passes it to the connections that watch the user. Hints by Redis only make the follower look
 * sooner (docs/adr/0010).
 *
 * <p>These parts share one event loop of this node, so none of them is synchronised. Operations run
 * on the event loops of their connections.
 */
package io.magpie.presence;
