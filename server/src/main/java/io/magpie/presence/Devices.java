package io.magpie.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The connections of this node by user, and what of it the database does not know yet. Pure
 * bookkeeping; costs nothing while nothing changes.
 */
final class Devices {
  private final long grace;
  private final Map<UUID, Person> people = new HashMap<>();
  private final Map<UUID, Long> leaving = new LinkedHashMap<>();
  private final Set<UUID> changed = new LinkedHashSet<>();

  /** Somebody who is connected here, or was a moment ago. */
  private static final class Person {
    private final Map<UUID, Boolean> devices = new HashMap<>(4);
    private Activity told = Activity.GONE;

    /** Whether the database certainly has what was told. */
    private boolean sure = true;

    void told(Activity activity) {
      told = activity;
      sure = true;
    }

    boolean over() {
      return devices.isEmpty() && told == Activity.GONE && sure;
    }

    Activity now(boolean leaving) {
      if (devices.isEmpty()) {
        return leaving ? told : Activity.GONE;
      }
      return devices.containsValue(true) ? Activity.ACTIVE : Activity.IDLE;
    }
  }

  /**
   * @param grace how long a user stays after the last connection ended, so that a reconnect does
   *     not show
   */
  Devices(Duration grace) {
    this.grace = grace.toNanos();
  }

  void connected(UUID user, UUID line) {
    people.computeIfAbsent(user, one -> new Person()).devices.put(line, true);
    leaving.remove(user);
    changed.add(user);
  }

  /** Says whether somebody is at the device; nothing for a connection that is not known. */
  void active(UUID user, UUID line, boolean active) {
    Person person = people.get(user);
    if (person != null && person.devices.replace(line, active) != null) {
      changed.add(user);
    }
  }

  void disconnected(UUID user, UUID line, long now) {
    Person person = people.get(user);
    if (person == null || person.devices.remove(line) == null) {
      return;
    }
    if (person.devices.isEmpty()) {
      leaving.put(user, now + grace);
    } else {
      changed.add(user);
    }
  }

  /** What the database is to be told, the oldest change first. */
  Map<UUID, Activity> untold(long now, int atMost) {
    left(now);
    Map<UUID, Activity> untold = new LinkedHashMap<>();
    for (Iterator<UUID> users = changed.iterator(); users.hasNext() && untold.size() < atMost; ) {
      UUID user = users.next();
      users.remove();
      Person person = people.get(user);
      if (person == null) {
        continue;
      }
      Activity activity = person.now(leaving.containsKey(user));
      if (activity != person.told || !person.sure) {
        untold.put(user, activity);
      } else {
        forget(user, person);
      }
    }
    return untold;
  }

  /** Those whose grace is over; they are in the order in which they left. */
  private void left(long now) {
    Iterator<Map.Entry<UUID, Long>> oldest = leaving.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<UUID, Long> one = oldest.next();
      if (one.getValue() - now > 0) {
        return;
      }
      changed.add(one.getKey());
      oldest.remove();
    }
  }

  /** The database knows this now. */
  void told(Map<UUID, Activity> told) {
    told.forEach(
        (user, activity) -> {
          Person person = people.get(user);
          if (person != null) {
            person.told(activity);
            forget(user, person);
          }
        });
  }

  private void forget(UUID user, Person person) {
    if (person.over() && !leaving.containsKey(user)) {
      people.remove(user);
    }
  }

  /** The database may or may not know this: it is told again. */
  void unsure(Map<UUID, Activity> tried) {
    for (UUID user : tried.keySet()) {
      Person person = people.get(user);
      if (person != null) {
        person.sure = false;
        changed.add(user);
      }
    }
  }

  /** The database knows nothing of this node. Who is about to leave has left. */
  void tellAll() {
    leaving.clear();
    List<UUID> users = new ArrayList<>(people.keySet());
    for (UUID user : users) {
      Person person = people.get(user);
      person.told(Activity.GONE);
      forget(user, person);
    }
    changed.clear();
    changed.addAll(people.keySet());
  }

  /** Users who are connected here, or were a moment ago. */
  int size() {
    return people.size();
  }
}
