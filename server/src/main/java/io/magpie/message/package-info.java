/**
 * Messages: sending, editing, recalling, forwarding, reactions, pins, history, threads, receipts.
 *
 * <p>A message is a {@code message.sent} event of the conversation's stream and its number is the
 * event's. What happened to it later are events that point at it; their sum is kept beside ({@code
 * message_state}, {@code reaction}, {@code mention}), so a page of history is one statement and one
 * snapshot. A recall takes the words out of the stored events too.
 *
 * <p>Sending has no asynchronous step before {@link io.magpie.stream.Writer#append}: what one
 * connection sends to one conversation is numbered in that order. Called on the event loop of the
 * connection that asked; keeps no state in memory.
 */
package io.magpie.message;
