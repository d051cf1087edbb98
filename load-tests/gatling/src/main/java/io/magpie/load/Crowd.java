package io.magpie.load;

/**
 * Who is there.
 *
 * @param users virtual users, each with one connection
 * @param groups groups that they are in; 0 where a scenario has none
 * @param groupSize members of each group; people are in several when groups × groupSize is more
 *     than users
 */
public record Crowd(int users, int groups, int groupSize) {
  private static final int MOST = 100_000;

  /** So many users, equally many in each of the groups. */
  public static Crowd of(int users, int groups) {
    return new Crowd(users, groups, groups == 0 ? 0 : Math.max(2, users / groups));
  }

  /** {@code -Dusers}, {@code -Dgroups} and {@code -DgroupSize} in the place of a scenario's own. */
  static Crowd read(Settings settings, Crowd usual) {
    int users = settings.whole("users", usual.users, 2, MOST);
    if (usual.groups == 0) {
      return of(users, 0);
    }
    int groups = settings.whole("groups", Math.min(usual.groups, users / 2), 1, MOST);
    int size = settings.whole("groupSize", Math.max(2, users / groups), 2, MOST);
    if (size > users) {
      throw new Refusal(
          "-DgroupSize=%d needs as many people: add -Dusers=%d.".formatted(size, size));
    }
    return new Crowd(users, groups, size);
  }

  @Override
  public String toString() {
    return groups == 0
        ? "%d users".formatted(users)
        : "%d users in %d group%s of %d"
            .formatted(users, groups, groups == 1 ? "" : "s", groupSize);
  }
}
