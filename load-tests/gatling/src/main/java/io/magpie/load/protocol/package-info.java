/**
 * What every scenario says to the server and how the report names it.
 *
 * <p>{@link io.magpie.load.protocol.Wire} has the chains: open, ask, receive, catch up, leave.
 * {@link io.magpie.load.protocol.Mailbox} is what one virtual user knows: cursors, the request that
 * is open, what arrived. It holds every event against the numbers of its stream.
 *
 * <p>Gatling gives a scenario the messages that arrive between two actions, and throws away what is
 * still there when a message is sent, and what arrives while a check waits for something else. So
 * everything here takes what has arrived before it sends, and waits with a matcher that hands what
 * it does not want to the mailbox. Both happen on the virtual user's event loop without a gap
 * between.
 */
package io.magpie.load.protocol;
