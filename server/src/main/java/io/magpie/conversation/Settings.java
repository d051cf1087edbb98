package io.magpie.conversation;

/** A member's own settings of a conversation. */
record Settings(boolean muted, boolean pinned, boolean archived) {}
