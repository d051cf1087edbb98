package io.magpie.access;

/**
 * Something that can be done to an object of type {@code O}. Features declare theirs as constants.
 *
 * @param name for the log, for example {@code conversation.rename}
 */
public record Action<O>(String name, Class<O> object) {}
