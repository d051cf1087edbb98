package io.magpie.message;

import java.util.List;

/** {@code MessagePage} of the contract: oldest first, true as of event {@code head}. */
public record MessagePage(List<Message> items, boolean hasBefore, boolean hasAfter, long head) {}
