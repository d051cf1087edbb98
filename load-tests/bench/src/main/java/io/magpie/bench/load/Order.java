package io.magpie.bench.load;

import java.util.Arrays;

/** The messages of a conversation, as its first receivers got them. */
final class Order {
  int[] ids = new int[64];
  int size;

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }
}
