package io.magpie.job;

import static io.magpie.job.JobWorld.NOTE;
import static io.magpie.job.JobWorld.QUICK;
import static io.magpie.job.JobWorld.effect;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.job.JobWorld.Node;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.ProxiedDatabase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nodes that freeze, are cut off or stop while they have jobs. */
class JobTakeoverIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final JobSettings PATIENT = patient(8);

  /** Its lease and deadline are longer than a test. */
  private static JobSettings patient(int atOnce) {
    return new JobSettings(
        QUICK.poll(),
        Duration.ofMinutes(2),
        Duration.ofMinutes(1),
        atOnce,
        QUICK.backoff(),
        QUICK.patience());
  }

  @Test
  void a_frozen_node_that_wakes_after_its_lease_can_do_nothing() {
    try (JobWorld world = new JobWorld("jobs_zombie")) {
      // One job at a time: it cannot be the one that takes its own lost job again.
      Node zombie = world.node(world.endpoints, patient(1));
      Promise<Void> thaw = Promise.promise();
      Set<UUID> seen = ConcurrentHashMap.newKeySet();
      zombie.jobs.handle(
          NOTE,
          run -> {
            seen.add(run.job().id());
            return thaw.future().compose(awake -> zombie.write(run, "zombie"));
          });
      world.schedule(zombie.jobs, "a", Duration.ZERO, "x");
      zombie.start();
      Deadline.await("taken", LONG, () -> seen.size() == 1);
      // Its lease runs out before its deadline, as when the whole process stands still.
      world.execute("update job set take_at = now()");
      Node other = world.node();
      other.jobs.handleInTransaction(
          NOTE,
          (run, tx) -> {
            seen.add(run.job().id());
            return effect(tx, "attempt " + run.job().attempt());
          });
      other.start();
      Deadline.await("taken over", LONG, () -> world.jobs() == 0);
      thaw.complete();
      Deadline.await("refused", LONG, () -> zombie.count("superseded") == 1);
      assertThat(world.effects()).isEqualTo("attempt 2");
      assertThat(seen).as("one id for both").hasSize(1);
    }
  }

  @Test
  void a_run_beyond_its_deadline_is_ended_and_can_do_nothing_later() {
    try (JobWorld world = new JobWorld("jobs_deadline")) {
      Node node = world.node();
      Promise<Void> late = Promise.promise();
      AtomicInteger refused = new AtomicInteger();
      node.jobs.handle(
          NOTE,
          run ->
              run.job().attempt() > 1
                  ? node.write(run, "second")
                  : late.future()
                      .compose(go -> node.write(run, "first"))
                      .onFailure(e -> refused.incrementAndGet()));
      world.schedule(node.jobs, "a", Duration.ZERO, "x");
      node.start();
      Deadline.await("second try", LONG, () -> world.jobs() == 0);
      late.complete();
      Deadline.await("refused", LONG, () -> refused.get() == 1);
      assertThat(world.effects()).isEqualTo("second");
    }
  }

  @Test
  void renewing_keeps_the_job_beyond_lease_and_deadline_and_fails_for_a_zombie() {
    try (JobWorld world = new JobWorld("jobs_renew")) {
      Node slow = world.node();
      Node other = world.node().writesNotes();
      AtomicInteger renewals = new AtomicInteger();
      Promise<Run<JobWorld.Note>> held = Promise.promise();
      slow.jobs.handle(
          NOTE,
          run -> {
            held.complete(run);
            return renew(world, run, renewals).compose(done -> slow.write(run, "slow"));
          });
      world.schedule(slow.jobs, "a", Duration.ZERO, "other");
      slow.start();
      Run<JobWorld.Note> run = JobWorld.await(held.future());
      other.start();
      Deadline.await("done", LONG, () -> world.jobs() == 0);
      assertThat(world.effects()).isEqualTo("slow");
      assertThat(renewals.get()).isEqualTo(18);
      assertThat(run.renew().toCompletionStage().toCompletableFuture())
          .failsWithin(Duration.ofSeconds(5));
    }
  }

  /** For three leases, several times in each. */
  private static Future<Void> renew(
      JobWorld world, Run<JobWorld.Note> run, AtomicInteger renewals) {
    Duration pause = QUICK.lease().dividedBy(6);
    return renewals.get() == 18
        ? Future.succeededFuture()
        : run.renew()
            .compose(renewed -> world.after(pause))
            .compose(
                waited -> {
                  renewals.incrementAndGet();
                  return renew(world, run, renewals);
                });
  }

  @Test
  void a_node_cut_off_between_taking_and_commit_is_replaced_after_the_lease() {
    try (ProxiedDatabase proxied = new ProxiedDatabase();
        JobWorld world = new JobWorld(proxied.direct())) {
      Node cut = world.node(proxied.endpoints(), QUICK);
      AtomicInteger runs = new AtomicInteger();
      cut.jobs.handleInTransaction(
          NOTE,
          (run, tx) -> {
            runs.incrementAndGet();
            return effect(tx, "cut off").onComplete(done -> proxied.proxy().down());
          });
      world.schedule(cut.jobs, "a", Duration.ZERO, "taken over");
      cut.start();
      Deadline.await("taken", LONG, () -> runs.get() == 1);
      world.node().writesNotes().start();
      Deadline.await("taken over", LONG, () -> world.jobs() == 0);
      proxied.proxy().up();
      world.schedule(cut.jobs, "b", Duration.ZERO, "later");
      Deadline.await("the others go on", LONG, () -> world.jobs() == 0);
      assertThat(world.sql("select count(*) from effect where text = 'taken over'")).isEqualTo("1");
      assertThat(world.sql("select count(*) from effect")).isEqualTo("2");
    }
  }

  @Test
  void a_lost_answer_to_commit_is_no_second_effect() {
    try (ProxiedDatabase proxied = new ProxiedDatabase();
        JobWorld world = new JobWorld(proxied.direct())) {
      Node node = world.node(proxied.endpoints(), QUICK);
      AtomicInteger runs = new AtomicInteger();
      node.jobs.handleInTransaction(
          NOTE,
          (run, tx) -> {
            if (runs.incrementAndGet() == 1) {
              proxied.proxy().cutAnswerTo("commit");
            }
            return effect(tx, run.job().payload().text());
          });
      world.schedule(node.jobs, "a", Duration.ZERO, "once");
      node.start();
      Deadline.await("done", LONG, () -> world.jobs() == 0);
      Deadline.await("cut", LONG, () -> proxied.proxy().cuts() == 1);
      world.schedule(node.jobs, "b", Duration.ZERO, "then");
      Deadline.await("the next", LONG, () -> world.effects().equals("once,then"));
      assertThat(runs.get()).isEqualTo(2);
      assertThat(node.count("failed")).isZero();
    }
  }

  @Test
  void while_the_database_is_away_no_try_is_counted() {
    try (ProxiedDatabase proxied = new ProxiedDatabase();
        JobWorld world = new JobWorld(proxied.direct())) {
      Node node = world.node(proxied.endpoints(), QUICK);
      AtomicInteger runs = new AtomicInteger();
      node.jobs.handleInTransaction(
          NOTE,
          (run, tx) -> {
            if (runs.incrementAndGet() <= 8) {
              throw RequestError.of(ErrorCode.UNAVAILABLE);
            }
            return effect(tx, "attempt " + run.job().attempt());
          });
      world.schedule(node.jobs, "a", Duration.ZERO, "x");
      node.start();
      Deadline.await("done", LONG, () -> world.effects().equals("attempt 1"));
    }
  }

  @Test
  void who_never_comes_back_with_a_job_is_not_given_it_a_sixth_time() {
    try (JobWorld world = new JobWorld("jobs_killers")) {
      Node node = world.node().writesNotes();
      world.schedule(node.jobs, "a", Duration.ZERO, "kills its node");
      world.execute("update job set tries = 5");
      node.start();
      Deadline.await(
          "parked",
          LONG,
          () -> world.sql("select count(*) from job where take_at is null").equals("1"));
      assertThat(world.effects()).isEmpty();
      assertThat(world.sql("select failure from job")).contains("no try came to an end");
    }
  }

  @Test
  void a_stop_waits_for_what_runs_and_gives_the_rest_back_at_once() {
    try (JobWorld world = new JobWorld("jobs_stop")) {
      Node stopping = world.node();
      Promise<Void> finish = Promise.promise();
      AtomicInteger begun = new AtomicInteger();
      Node patientNode = world.node(world.endpoints, PATIENT);
      Promise<Void> never = Promise.promise();
      patientNode.jobs.handle(
          NOTE,
          run -> {
            begun.incrementAndGet();
            return run.job().key().equals("quick")
                ? finish.future().compose(go -> patientNode.write(run, "finished"))
                : never.future();
          });
      world.schedule(stopping.jobs, "quick", Duration.ZERO, "x");
      world.schedule(stopping.jobs, "endless", Duration.ZERO, "given back");
      patientNode.start();
      Deadline.await("both run", LONG, () -> begun.get() == 2);
      var stopped = patientNode.jobs.stop();
      finish.complete();
      JobWorld.await(stopped);
      assertThat(world.effects()).isEqualTo("finished");
      assertThat(world.sql("select key || ' ' || tries || ' ' || coalesce(owner, '') from job"))
          .isEqualTo("endless 0 ");
      stopping.writesNotes().start();
      Deadline.await("given back", LONG, () -> world.effects().equals("finished,given back"));
      world.schedule(stopping.jobs, "new", Duration.ZERO, "by the other");
      Deadline.await("other", LONG, () -> world.jobs() == 0);
      assertThat(begun.get()).as("nothing new after the stop").isEqualTo(2);
    }
  }
}
