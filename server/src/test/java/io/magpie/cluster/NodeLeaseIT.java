package io.magpie.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.app.embedded.Endpoints;
import io.magpie.storage.Database;
import io.magpie.storage.Migrations;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.ProxiedDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who lives is what PostgreSQL says, by its own clock. */
class NodeLeaseIT {
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofSeconds(20);

  private Vertx vertx;
  private ProxiedDatabase database;
  private Database proxied;
  private Database direct;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    database = new ProxiedDatabase();
    Endpoints endpoints = database.endpoints();
    Migrations.apply(endpoints.postgresOwnerUri());
    proxied = Database.open(vertx, endpoints.postgresUri(), 2);
    direct = Database.open(vertx, database.direct().postgresUri(), 2);
  }

  @AfterEach
  void stop() {
    vertx.close().await();
    database.close();
  }

  private PostgresNodeLease take(Database through, String id) {
    return PostgresNodeLease.take(vertx, through, new NodeSelf(id, "1", LEASE)).await();
  }

  private String row(String what) {
    return database.sql("select " + what + " from node where id = 'a'");
  }

  private String count() {
    return database.sql("select count(*) from node where lease_until > clock_timestamp()");
  }

  @Test
  void a_lease_is_renewed_with_what_the_node_tells_until_it_is_released() {
    PostgresNodeLease lease = take(direct, "a");
    assertThat(row("incarnation")).isEqualTo(lease.incarnation().toString());
    lease.vitals(() -> new NodeVitals("http://a:1", 7, 0.5, 12));
    String first = row("lease_until");
    Deadline.await("renewed", LONG, () -> !row("lease_until").equals(first));
    Deadline.await("told", LONG, () -> row("connections").equals("7"));
    assertThat(row("address || ' ' || load || ' ' || lag_ms")).isEqualTo("http://a:1 0.5 12");
    lease.release().await();
    assertThat(count()).isEqualTo("0");
  }

  @Test
  void a_living_node_keeps_its_id_and_the_second_is_refused_after_the_first_could_be_dead() {
    PostgresNodeLease first = take(direct, "a");
    long begun = System.nanoTime();
    assertThatThrownBy(() -> take(direct, "a")).isInstanceOf(NodeIdTaken.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(LEASE.dividedBy(2));
    assertThat(row("incarnation")).isEqualTo(first.incarnation().toString());
    assertThat(first.dispossessed().isComplete()).isFalse();
  }

  @Test
  void a_node_that_was_cut_off_takes_a_new_incarnation_and_tells_all_anew() {
    PostgresNodeLease lease = take(proxied, "a");
    UUID before = lease.incarnation();
    AtomicInteger told = new AtomicInteger();
    AtomicInteger tries = new AtomicInteger();
    lease.onTaken(() -> Future.succeededFuture(told.incrementAndGet()).mapEmpty());
    lease.onTaken(
        () ->
            tries.incrementAndGet() % 3 == 0
                ? Future.succeededFuture()
                : Future.failedFuture("not yet"));
    Deadline.await("told once soon, with retries", LONG, () -> tries.get() == 3);
    database.proxy().down();
    Deadline.await("dead to the others", LONG, () -> count().equals("0"));
    assertThat(lease.incarnation()).isEqualTo(before);
    database.proxy().up();
    Deadline.await("alive again", LONG, () -> count().equals("1"));
    Deadline.await("told again", LONG, () -> told.get() == 2 && tries.get() == 6);
    assertThat(lease.incarnation()).isNotEqualTo(before);
    assertThat(row("incarnation")).isEqualTo(lease.incarnation().toString());
  }

  @Test
  void a_link_that_swallows_everything_ends_the_lease_no_later() {
    PostgresNodeLease lease = take(proxied, "a");
    database.proxy().swallow();
    Deadline.await("dead to the others", LONG, () -> count().equals("0"));
    database.proxy().up();
    Deadline.await("alive again", LONG, () -> count().equals("1"));
    Deadline.await(
        "and knows it", LONG, () -> row("incarnation").equals(lease.incarnation().toString()));
  }

  @Test
  void a_crash_of_the_database_empties_the_table_and_the_node_comes_back() {
    PostgresNodeLease lease = take(direct, "a");
    UUID before = lease.incarnation();
    database.sql("with gone as (delete from node returning 1) select count(*) from gone");
    Deadline.await("alive again", LONG, () -> count().equals("1"));
    Deadline.await("and knows it", LONG, () -> !lease.incarnation().equals(before));
  }

  @Test
  void a_node_whose_id_was_taken_while_it_was_away_must_end() {
    PostgresNodeLease first = take(proxied, "a");
    database.proxy().down();
    PostgresNodeLease second = take(direct, "a");
    database.proxy().up();
    Deadline.await("the first must end", LONG, () -> first.dispossessed().isComplete());
    assertThat(row("incarnation")).isEqualTo(second.incarnation().toString());
    first.release().await();
    assertThat(count()).as("its release takes nothing from the other").isEqualTo("1");
  }

  @Test
  void a_lost_answer_to_the_taking_does_not_lock_the_node_out() {
    database.proxy().cutAnswerTo("lucky-node");
    PostgresNodeLease lease = take(proxied, "lucky-node");
    assertThat(database.sql("select incarnation from node where id = 'lucky-node'"))
        .isEqualTo(lease.incarnation().toString());
    assertThat(database.proxy().cuts()).isEqualTo(1);
  }

  @Test
  void what_operators_set_is_read_back_and_outlives_a_lost_lease() {
    PostgresNodeLease lease = take(direct, "a");
    AtomicInteger drained = new AtomicInteger();
    lease.onDraining(drained::incrementAndGet);
    database.sql("with set as (update node set draining = true returning 1) select 1");
    lease.refresh();
    Deadline.await("drained", LONG, () -> drained.get() == 1);
    database.sql("with gone as (delete from node returning 1) select count(*) from gone");
    Deadline.await("alive again", LONG, () -> count().equals("1"));
    assertThat(row("draining")).isEqualTo("t");
    assertThat(drained.get()).as("once").isEqualTo(1);
  }

  @Test
  void nodes_that_are_long_dead_are_forgotten() {
    take(direct, "a");
    database.sql(
        """
        with dead as (insert into node (id, incarnation, version, address, started_at, lease_until)
          select 'dead-' || n, gen_random_uuid(), '1', '', now(), now() - n * interval '40 minutes'
          from generate_series(1, 3) n returning 1) select count(*) from dead
        """);
    new LeaseStore(direct, new NodeSelf("a", "1", LEASE)).forget().await();
    assertThat(database.sql("select string_agg(id, ' ' order by id) from node"))
        .isEqualTo("a dead-1");
  }
}
