package io.magpie.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.access.Actor;
import io.magpie.access.Role;
import io.magpie.operation.Line;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchingTest {
  private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
  private static final UUID NA = UUID.randomUUID();
  private static final UUID FANG = UUID.randomUUID();

  private final AtomicInteger coalesced = new AtomicInteger();
  private final Watching watching = new Watching(3, coalesced::incrementAndGet);

  private record Quiet(UUID id) implements Line {
    @Override
    public Future<Boolean> offer(String frame) {
      return Future.succeededFuture(true);
    }
  }

  private Line connect() {
    Line line = new Quiet(UUID.randomUUID());
    Actor.User user =
        new Actor.User(UUID.randomUUID(), UUID.randomUUID(), Set.of(Role.EMPLOYEE), Instant.MAX);
    watching.connected(line, user);
    return line;
  }

  private static PresenceRow row(UUID user, Activity devices, long version) {
    return new PresenceRow(user, devices, PresenceSettings.DEFAULT, Optional.empty(), version);
  }

  /** What everybody who waits is told, as signals. */
  private List<String> told() {
    List<String> told = new ArrayList<>();
    for (Watcher watcher : watching.waiting()) {
      watcher.next(100).forEach(one -> told.add(one.signal(NOW)));
    }
    return told;
  }

  @Test
  void what_changes_twice_is_told_once_with_the_newest_version() {
    Line line = connect();
    watching.watch(line.id(), List.of(NA));
    watching.take(List.of(row(NA, Activity.GONE, 1)));
    assertThat(told()).isEmpty();
    watching.take(List.of(row(NA, Activity.ACTIVE, 2), row(NA, Activity.IDLE, 3)));
    assertThat(told())
        .containsExactly(
            "{\"kind\":\"presence\",\"presence\":{\"user\":\"%s\",\"state\":\"away\",\"version\":3}}"
                .formatted(NA));
    assertThat(told()).isEmpty();
    assertThat(coalesced).hasValue(1);
  }

  @Test
  void connections_that_watch_somebody_are_counted() {
    Line one = connect();
    Line other = connect();
    connect();
    watching.watch(one.id(), List.of(NA, FANG));
    watching.watch(other.id(), List.of(NA));
    watching.watch(other.id(), List.of(NA));
    assertThat(List.of(watching.active(), watching.watched())).containsExactly(2, 2);
    watching.unwatch(one.id(), List.of(NA));
    assertThat(watching.active()).isEqualTo(2);
    watching.unwatch(one.id(), List.of(FANG));
    watching.unwatch(one.id(), List.of(FANG));
    assertThat(List.of(watching.active(), watching.watched())).containsExactly(1, 1);
    watching.disconnected(one.id());
    watching.disconnected(other.id());
    assertThat(List.of(watching.active(), watching.watched())).containsExactly(0, 0);
  }

  @Test
  void an_older_row_and_one_with_nothing_new_but_its_version_are_told_to_nobody() {
    Line line = connect();
    Watched na = watching.watch(line.id(), List.of(NA)).get(0);
    watching.take(List.of(row(NA, Activity.ACTIVE, 5)));
    watching.take(List.of(row(NA, Activity.GONE, 4), row(NA, Activity.ACTIVE, 6)));
    assertThat(told()).isEmpty();
    assertThat(na.shown(NOW))
        .contains(new Presence(NA, "online", Optional.empty(), Optional.empty(), 6));
  }

  @Test
  void only_who_watches_is_told() {
    Line one = connect();
    Line other = connect();
    watching.watch(one.id(), List.of(NA, FANG));
    watching.watch(other.id(), List.of(FANG));
    watching.take(List.of(row(NA, Activity.GONE, 1), row(FANG, Activity.GONE, 2)));
    watching.unwatch(one.id(), List.of(FANG));
    watching.take(List.of(row(FANG, Activity.ACTIVE, 3)));
    assertThat(told()).hasSize(1);
    watching.take(List.of(row(NA, Activity.ACTIVE, 4)));
    assertThat(told()).hasSize(1);
  }

  @Test
  void a_connection_watches_so_many_and_not_one_more() {
    Line line = connect();
    watching.watch(line.id(), List.of(NA, FANG));
    watching.watch(line.id(), List.of(FANG, UUID.randomUUID()));
    assertThatThrownBy(() -> watching.watch(line.id(), List.of(UUID.randomUUID())))
        .isInstanceOf(RequestError.class);
    assertThat(watching.users()).hasSize(3);
    watching.unwatch(line.id(), List.of(NA));
    watching.watch(line.id(), List.of(UUID.randomUUID()));
    assertThat(watching.users()).hasSize(3).doesNotContain(NA);
  }

  @Test
  void nothing_is_kept_of_connections_that_ended() {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Line line = connect();
      lines.add(line);
      watching.watch(line.id(), List.of(NA));
    }
    watching.take(List.of(row(NA, Activity.GONE, 1), row(NA, Activity.ACTIVE, 2)));
    lines.forEach(line -> assertThat(watching.disconnected(line.id())).isPresent());
    assertThat(watching.users()).isEmpty();
    assertThat(watching.waiting()).isEmpty();
    assertThat(watching.disconnected(lines.get(0).id())).isEmpty();
    assertThat(watching.watch(lines.get(0).id(), List.of(NA))).isEmpty();
    assertThat(watching.users()).isEmpty();
  }

  @Test
  void what_could_not_be_delivered_waits_with_what_is_true_then() {
    Line line = connect();
    watching.watch(line.id(), List.of(NA));
    watching.take(List.of(row(NA, Activity.GONE, 1), row(NA, Activity.ACTIVE, 2)));
    Watcher watcher = watching.waiting().iterator().next();
    List<Watched> undelivered = watcher.next(100);
    watching.take(List.of(row(NA, Activity.IDLE, 3)));
    watching.again(watcher, undelivered);
    assertThat(told()).singleElement().asString().contains("\"away\"");
  }
}
