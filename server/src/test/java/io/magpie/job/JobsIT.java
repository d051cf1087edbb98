package io.magpie.job;

import static io.magpie.job.JobWorld.NOTE;
import static io.magpie.job.JobWorld.effect;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.job.JobWorld.Node;
import io.magpie.job.JobWorld.Note;
import io.magpie.storage.Statements;
import io.magpie.testkit.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Scheduling, replacing, cancelling, retrying and parking, with real PostgreSQL. */
class JobsIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void three_nodes_that_race_run_each_of_two_hundred_jobs_once() {
    try (JobWorld world = new JobWorld("jobs_race")) {
      Node first = world.node().writesNotes();
      for (int i = 0; i < 200; i++) {
        world.schedule(first.jobs, "k" + i, Duration.ZERO, "n" + i);
      }
      Node second = world.node().writesNotes();
      Node third = world.node().writesNotes();
      first.start();
      second.start();
      third.start();
      Deadline.await("all done", LONG, () -> world.jobs() == 0);
      assertThat(world.sql("select count(*) || ' ' || count(distinct text) from effect"))
          .isEqualTo("200 200");
      assertThat(first.count("run") + second.count("run") + third.count("run")).isEqualTo(200);
      assertThat(first.count("failed") + second.count("failed") + third.count("failed")).isZero();
    }
  }

  @Test
  void a_job_waits_until_it_is_due_and_its_transaction_is_committed() {
    try (JobWorld world = new JobWorld("jobs_due")) {
      Node node = world.node().writesNotes().start();
      world.schedule(node.jobs, "late", Duration.ofHours(1), "late");
      Promise<Void> commit = Promise.promise();
      Future<Void> open =
          node.database(
              tx ->
                  node.jobs
                      .schedule(Statements.in(tx), NOTE, "open", Duration.ZERO, new Note("open"))
                      .compose(done -> commit.future()));
      world.schedule(node.jobs, "soon", Duration.ofMillis(200), "soon");
      node.jobs.wake();
      Deadline.await("soon", LONG, () -> world.effects().equals("soon"));
      commit.complete();
      JobWorld.await(open);
      Deadline.await("open", LONG, () -> world.effects().equals("open,soon"));
      assertThat(world.sql("select string_agg(key, ',') from job")).isEqualTo("late");
      assertThat(world.sql("select min(at) from effect where text = 'soon'")).isNotNull();
    }
  }

  @Test
  void scheduling_again_replaces_and_cancelling_takes_away() {
    try (JobWorld world = new JobWorld("jobs_replace")) {
      Node node = world.node().writesNotes();
      world.schedule(node.jobs, "a", Duration.ZERO, "old");
      world.schedule(node.jobs, "a", Duration.ZERO, "new");
      world.schedule(node.jobs, "b", Duration.ZERO, "cancelled");
      world.transaction(tx -> node.jobs.cancel(Statements.in(tx), NOTE, "b"));
      world.schedule(node.jobs, "c", Duration.ZERO, "put off");
      world.transaction(
          tx ->
              node.jobs.schedule(
                  Statements.in(tx),
                  NOTE,
                  "c",
                  Instant.parse("2100-01-01T00:00:00Z"),
                  new Note("put off")));
      node.start();
      Deadline.await("done", LONG, () -> world.effects().equals("new"));
      world.schedule(node.jobs, "last", Duration.ZERO, "then");
      Deadline.await("done", LONG, () -> world.effects().equals("new,then"));
      assertThat(world.sql("select string_agg(key, ',') from job")).isEqualTo("c");
    }
  }

  @Test
  void a_run_whose_job_is_replaced_or_cancelled_meanwhile_has_no_effect() {
    try (JobWorld world = new JobWorld("jobs_replace_running")) {
      Node node = world.node();
      AtomicInteger runs = new AtomicInteger();
      node.jobs.handleInTransaction(
          NOTE,
          (run, tx) -> {
            String text = run.job().payload().text();
            if (runs.incrementAndGet() > 2) {
              return effect(tx, text);
            }
            return effect(tx, text)
                .compose(
                    done ->
                        node.database(
                            other ->
                                text.equals("replaced")
                                    ? node.jobs.schedule(
                                        Statements.in(other),
                                        NOTE,
                                        run.job().key(),
                                        Duration.ZERO,
                                        new Note("new"))
                                    : node.jobs.cancel(
                                        Statements.in(other), NOTE, run.job().key())));
          });
      world.schedule(node.jobs, "a", Duration.ZERO, "replaced");
      world.schedule(node.jobs, "b", Duration.ZERO, "cancelled");
      node.start();
      Deadline.await("done", LONG, () -> world.jobs() == 0 && runs.get() == 3);
      assertThat(world.effects()).isEqualTo("new");
      assertThat(node.count("superseded")).isEqualTo(2);
    }
  }

  @Test
  void what_fails_each_time_is_parked_with_its_reason_and_the_others_go_on() {
    try (JobWorld world = new JobWorld("jobs_poison")) {
      Node node = world.node();
      Set<UUID> ids = ConcurrentHashMap.newKeySet();
      ConcurrentLinkedQueue<Integer> attempts = new ConcurrentLinkedQueue<>();
      node.jobs.handleInTransaction(
          NOTE,
          (run, tx) -> {
            if (run.job().payload().text().equals("poison")) {
              ids.add(run.job().id());
              attempts.add(run.job().attempt());
              return effect(tx, "never")
                  .compose(done -> Future.failedFuture(new IllegalStateException("bad\0 news")));
            }
            return effect(tx, run.job().payload().text());
          });
      world.schedule(node.jobs, "poison", Duration.ZERO, "poison");
      for (int i = 0; i < 20; i++) {
        world.schedule(node.jobs, "k" + i, Duration.ZERO, "good");
      }
      node.start();
      Deadline.await(
          "parked",
          LONG,
          () -> world.sql("select count(*) from job where take_at is null").equals("1"));
      assertThat(attempts).containsExactly(1, 2, 3, 4, 5);
      assertThat(ids).as("the same id for all tries").hasSize(1);
      assertThat(world.sql("select key || ' ' || tries || ' ' || failure from job"))
          .isEqualTo("poison 5 java.lang.IllegalStateException: bad news");
      Deadline.await("others", LONG, () -> world.sql("select count(*) from effect").equals("20"));
      Deadline.await("counted", LONG, () -> node.count("failed") == 5);
      assertThat(node.count("parked")).isEqualTo(1);
      world.schedule(node.jobs, "poison", Duration.ZERO, "scheduled anew");
      Deadline.await("anew", LONG, () -> world.effects().contains("scheduled anew"));
    }
  }

  @Test
  void jobs_of_kinds_that_nobody_here_knows_are_left_alone() {
    try (JobWorld world = new JobWorld("jobs_unknown")) {
      JobKind<Note> newer = new JobKind<>("test.newer", Note.class, 1);
      Node old = world.node().writesNotes();
      world.transaction(
          tx ->
              old.jobs.schedule(
                  Statements.in(tx), newer, "x", Duration.ZERO, new Note("from a newer version")));
      world.schedule(old.jobs, "a", Duration.ZERO, "known");
      old.start();
      Deadline.await("known", LONG, () -> world.effects().equals("known"));
      assertThat(world.sql("select tries || ' ' || fence from job where kind = 'test.newer'"))
          .isEqualTo("0 0");
      Node young = world.node().writesNotes();
      young.jobs.handleInTransaction(newer, (run, tx) -> effect(tx, run.job().payload().text()));
      young.start();
      Deadline.await("newer", LONG, () -> world.effects().equals("from a newer version,known"));
    }
  }

  @Test
  void fields_of_a_newer_version_are_skipped_and_a_payload_that_is_none_is_parked() {
    try (JobWorld world = new JobWorld("jobs_payload")) {
      Node node = world.node().writesNotes();
      world.schedule(node.jobs, "a", Duration.ZERO, "x");
      world.schedule(node.jobs, "b", Duration.ZERO, "y");
      world.execute("update job set payload = '{\"text\":\"x\",\"more\":1}' where key = 'a'");
      world.execute("update job set payload = '{\"text\":{}}' where key = 'b'");
      node.start();
      Deadline.await("a", LONG, () -> world.effects().equals("x"));
      Deadline.await(
          "b", LONG, () -> world.sql("select count(*) from job where take_at is null").equals("1"));
    }
  }

  @Test
  void no_more_run_at_once_than_the_kind_and_the_node_allow() {
    try (JobWorld world = new JobWorld("jobs_bounds")) {
      JobKind<Note> narrow = new JobKind<>("test.narrow", Note.class, 1);
      JobSettings three =
          new JobSettings(
              JobWorld.QUICK.poll(),
              Duration.ofSeconds(10),
              Duration.ofSeconds(9),
              3,
              JobWorld.QUICK.backoff(),
              JobWorld.QUICK.patience());
      Node node = world.node(world.endpoints, three);
      Meter narrowMeter = new Meter();
      Meter all = new Meter();
      node.jobs.handle(
          NOTE, run -> all.during(() -> node.database(tx -> effect(tx, run.job().key()))));
      node.jobs.handle(
          narrow,
          run ->
              all.during(
                  () ->
                      narrowMeter.during(() -> node.database(tx -> effect(tx, run.job().key())))));
      for (int i = 0; i < 30; i++) {
        String key = "n" + i;
        world.schedule(node.jobs, "k" + i, Duration.ZERO, "x");
        world.transaction(
            tx -> node.jobs.schedule(Statements.in(tx), narrow, key, Duration.ZERO, new Note("x")));
      }
      node.start();
      Deadline.await("all", LONG, () -> world.jobs() == 0);
      assertThat(world.sql("select count(distinct text) from effect")).isEqualTo("60");
      assertThat(narrowMeter.most.get()).isEqualTo(1);
      assertThat(all.most.get()).isBetween(2, 3);
    }
  }

  private static final class Meter {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    Future<Void> during(Supplier<Future<Void>> work) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      return work.get().onComplete(done -> now.decrementAndGet());
    }
  }
}
