/**
 * Who is in a conversation: seats and roles, inviting, removing, leaving, handing over.
 *
 * <p>A membership is an open interval of the conversation's stream ({@code stream_reader}), opened
 * and closed by events of that stream, so that who may read which number is exact. Every change
 * holds the locks of the conversation's stream and of the inboxes of those who come or go; roles
 * are read under the lock, so a cap or a hand-over cannot be raced.
 *
 * <p>Called on the event loop of the connection that asked; keeps no state in memory.
 */
package io.magpie.membership;
