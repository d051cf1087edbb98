package io.magpie.bench.load;

import java.util.List;

/**
 * Users and conversations of the same size; a user is in one of them.
 *
 * @param members of all conversations, those of the first one first
 */
public record World(int conversations, int membersEach, List<Member> members) {}
