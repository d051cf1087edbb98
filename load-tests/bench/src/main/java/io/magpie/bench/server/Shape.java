package io.magpie.bench.server;

/**
 * Conversations of the same size. Everybody is in one; those of two members are direct.
 *
 * @param members of each, 2 at least
 */
public record Shape(int conversations, int members) {
  public int users() {
    return conversations * members;
  }
}
