/**
 * Conversations as their members see them: starting, listing, renaming, own settings, drafts, read
 * positions, typing.
 *
 * <p>What belongs to all is an event of the conversation's stream; what belongs to one user alone
 * (settings, drafts, positions) is kept in {@code conversation_member} under the lock of the user's
 * inbox stream and told to the user's devices by an event there; only how far was delivered moves
 * without lock and event. Others learn of positions and typing by signals, which may be lost.
 * Unread counts are counted, never kept.
 *
 * <p>Called on the event loop of the connection that asked; the only state in memory is who has
 * just been typing.
 */
package io.magpie.conversation;
