package io.magpie.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.app.embedded.Endpoints;
import io.magpie.storage.Database;
import io.magpie.storage.Migrations;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nodes may tell, and what is left of them. */
class TellingStoreIT {
  private static final String GENERIC = "set local plan_cache_mode = force_generic_plan; ";

  private final UUID incarnation = UUID.randomUUID();
  private final UUID na = UUID.randomUUID();
  private Vertx vertx;
  private Endpoints endpoints;
  private TellingStore store;
  private PresenceStore presences;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    endpoints = EmbeddedForTests.freshDatabase("telling");
    Migrations.apply(endpoints.postgresOwnerUri());
    Database database = Database.open(vertx, endpoints.postgresUri(), 2);
    store = new TellingStore(database);
    presences = new PresenceStore(database);
    node("a", incarnation);
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private void execute(String sql) {
    try {
      Jdbc.execute(endpoints.postgresOwnerUri(), sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void node(String id, UUID of) {
    execute(
        "insert into node (id, incarnation, version, address, started_at, lease_until) values"
            + " ('%s', '%s', '1', '', now(), now() + interval '1 hour')".formatted(id, of));
  }

  private void lapse(String id) {
    execute("update node set lease_until = now() - interval '1 s' where id = '" + id + "'");
  }

  private boolean tell(UUID of, long batch, Activity activity) {
    return store.tell(of, batch, Map.of(na, activity)).await();
  }

  private PresenceRow row() {
    return presences.read(List.of(na)).await().get(0);
  }

  private List<UUID> dead() {
    return store.dead().await().stream().map(TellingStore.Dead::incarnation).toList();
  }

  @Test
  void without_a_lease_and_too_late_nothing_is_told() {
    assertThat(tell(incarnation, 2, Activity.ACTIVE)).isTrue();
    assertThat(tell(incarnation, 1, Activity.GONE)).isFalse();
    assertThat(tell(incarnation, 2, Activity.GONE)).isFalse();
    assertThat(tell(UUID.randomUUID(), 1, Activity.GONE)).isFalse();
    lapse("a");
    assertThat(tell(incarnation, 3, Activity.GONE)).isFalse();
    assertThat(row().devices()).isEqualTo(Activity.ACTIVE);
  }

  @Test
  void nodes_count_together_and_each_version_is_higher() {
    UUID other = UUID.randomUUID();
    node("b", other);
    long version = 0;
    Activity[][] steps = {
      {Activity.IDLE, null, Activity.IDLE},
      {null, Activity.ACTIVE, Activity.ACTIVE},
      {Activity.GONE, null, Activity.ACTIVE},
      {null, Activity.IDLE, Activity.IDLE},
      {null, Activity.GONE, Activity.GONE}
    };
    for (int i = 0; i < steps.length; i++) {
      tell(steps[i][0] != null ? incarnation : other, i, steps[i][steps[i][0] != null ? 0 : 1]);
      assertThat(row().devices()).isEqualTo(steps[i][2]);
      assertThat(row().version()).isGreaterThan(version);
      version = row().version();
    }
    assertThat(row().seenAt()).isPresent();
  }

  @Test
  void users_of_a_dead_node_go_offline_unless_another_has_them() {
    UUID other = UUID.randomUUID();
    node("b", other);
    UUID both = UUID.randomUUID();
    store
        .tell(incarnation, 1, Map.of(na, Activity.ACTIVE, both, Activity.ACTIVE))
        .compose(told -> store.tell(other, 1, Map.of(both, Activity.IDLE)))
        .await();
    assertThat(dead()).isEmpty();
    lapse("a");
    assertThat(dead()).containsExactly(incarnation);
    store.takeBack(incarnation, count -> {}).await();
    assertThat(row().devices()).isEqualTo(Activity.GONE);
    assertThat(row().seenAt()).isPresent();
    assertThat(presences.read(List.of(both)).await().get(0).devices()).isEqualTo(Activity.IDLE);
    store.bury(incarnation).await();
    assertThat(dead()).as("looked at for a while").containsExactly(incarnation);
    store.forget(incarnation).await();
    assertThat(dead()).isEmpty();
  }

  @Test
  void an_orderly_stop_gives_users_time_to_come_back() {
    tell(incarnation, 1, Activity.ACTIVE);
    store.spare(incarnation, Duration.ofHours(1)).await();
    lapse("a");
    assertThat(dead()).isEmpty();
    store.spare(incarnation, Duration.ZERO).await();
    assertThat(dead()).containsExactly(incarnation);
  }

  @Test
  void thousands_are_told_and_taken_back_in_a_few_statements() {
    Map<UUID, Activity> users = new HashMap<>();
    for (int i = 0; i < 2_500; i++) {
      users.put(UUID.randomUUID(), Activity.ACTIVE);
    }
    long before = presences.since(Long.MAX_VALUE, 1).await().next();
    assertThat(store.tell(incarnation, 1, users).await()).isTrue();
    assertThat(presences.since(before, 10_000).await().rows()).hasSize(2_500);
    lapse("a");
    store.takeBack(incarnation, count -> {}).await();
    assertThat(presences.since(before, 10_000).await().rows())
        .hasSize(2_500)
        .allMatch(row -> row.devices() == Activity.GONE);
  }

  @Test
  void a_change_of_a_transaction_that_commits_late_is_found() throws SQLException {
    tell(incarnation, 1, Activity.IDLE);
    try (var late = Jdbc.connect(endpoints.postgresOwnerUri());
        var statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute(
          "insert into presence_live (user_id, version, changed_in) values (gen_random_uuid(),"
              + " nextval('presence_version'), pg_current_xact_id()::text::bigint)");
      tell(incarnation, 2, Activity.ACTIVE);
      long next = presences.since(Long.MAX_VALUE, 1).await().next();
      tell(incarnation, 3, Activity.IDLE);
      PresenceStore.Changes seen = presences.since(next, 100).await();
      late.commit();
      assertThat(presences.since(seen.next(), 100).await().rows())
          .anyMatch(row -> !row.user().equals(na));
    }
  }

  /** Prepared statements are planned once, for all parameters. */
  private String plan(String before, String types, String statement, String values) {
    try (var connection = Jdbc.connect(endpoints.postgresOwnerUri());
        var sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      sql.execute(before);
      sql.execute("prepare asked (" + types + ") as " + statement);
      StringBuilder plan = new StringBuilder();
      try (var lines = sql.executeQuery("explain execute asked (" + values + ")")) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      return plan.toString();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void changes_and_the_dead_are_found_by_an_index_however_many_users_there_are() {
    execute(
        "insert into presence_live (user_id, parts, version, changed_in) select"
            + " gen_random_uuid(), jsonb_build_object('"
            + UUID.randomUUID()
            + "', 2), n, n"
            + " from generate_series(1, 50000) as t (n)");
    execute("analyze presence_live");
    assertThat(plan(GENERIC, "bigint, bigint, int", PresenceStore.SINCE, "49990, 99999, 20000"))
        .contains("presence_live_changed");
    assertThat(
            plan(
                GENERIC + TellingStore.BY_INDEX,
                "uuid, int",
                TellingStore.TAKE_BACK,
                "gen_random_uuid(), 1000"))
        .contains("presence_live_parts");
  }

  @Test
  void rows_that_a_crash_took_come_back_with_higher_versions() {
    tell(incarnation, 1, Activity.ACTIVE);
    long before = row().version();
    execute("truncate presence_live, presence_teller");
    assertThat(row().version()).isGreaterThan(before);
    assertThat(row().devices()).isEqualTo(Activity.GONE);
  }
}
