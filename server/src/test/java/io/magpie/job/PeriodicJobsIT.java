package io.magpie.job;

import static io.magpie.job.JobWorld.effect;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.job.JobWorld.Node;
import io.magpie.testkit.Deadline;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Work that comes round again, once per period in the cluster. */
class PeriodicJobsIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final JobKind<JobKind.Nothing> TICK = JobKind.periodic("test.tick");

  @Test
  void runs_once_per_period_in_the_cluster_each_time_under_another_id() {
    try (JobWorld world = new JobWorld("periodic_once")) {
      Set<UUID> ids = ConcurrentHashMap.newKeySet();
      AtomicInteger runs = new AtomicInteger();
      for (int i = 0; i < 3; i++) {
        Node node = world.node();
        node.jobs
            .handleInTransaction(
                TICK,
                (run, tx) -> {
                  runs.incrementAndGet();
                  ids.add(run.job().id());
                  return effect(tx, String.valueOf(run.job().due().toEpochMilli()));
                })
            .every(TICK, Duration.ofMillis(400));
        node.start();
      }
      Deadline.await("six times", LONG, () -> runs.get() >= 6);
      assertThat(world.sql("select count(*) from job")).isEqualTo("1");
      assertThat(ids.size()).isEqualTo(runs.get());
      assertThat(world.sql("select count(*) - count(distinct text) from effect"))
          .as("each occurrence once")
          .isEqualTo("0");
      assertThat(
              world.sql(
                  "select min(gap) >= 400 and bool_and(gap % 400 = 0) from (select text::bigint - lag(text::bigint)"
                      + " over (order by text::bigint) as gap from effect) gaps where gap is not null"))
          .as("whole periods apart")
          .isEqualTo("t");
    }
  }

  @Test
  void five_failures_wait_for_the_next_period_instead_of_parking() {
    try (JobWorld world = new JobWorld("periodic_failing")) {
      AtomicBoolean broken = new AtomicBoolean(true);
      AtomicInteger runs = new AtomicInteger();
      Node node = world.node();
      node.jobs
          .handleInTransaction(
              TICK,
              (run, tx) -> {
                runs.incrementAndGet();
                return broken.get()
                    ? Future.failedFuture(new IllegalStateException("broken"))
                    : effect(tx, "mended");
              })
          .every(TICK, Duration.ofHours(1));
      node.start();
      Deadline.await("counted", LONG, () -> node.count("parked") == 1);
      assertThat(runs.get()).isEqualTo(5);
      assertThat(
              world.sql(
                  "select tries || ' ' || failure || ' ' || (take_at > now() + interval '50 minutes')"
                      + " from job"))
          .isEqualTo("0 java.lang.IllegalStateException: broken true");
      broken.set(false);
      world.execute("update job set take_at = now(), due_at = now()");
      Deadline.await("mended", LONG, () -> world.effects().equals("mended"));
      Deadline.await(
          "stored",
          LONG,
          () -> world.sql("select coalesce(failure, 'fine') from job").equals("fine"));
    }
  }

  @Test
  void a_restart_keeps_the_time_and_another_period_is_taken_over() {
    try (JobWorld world = new JobWorld("periodic_restart")) {
      AtomicInteger runs = new AtomicInteger();
      tick(world.node(), runs, Duration.ofHours(24)).start();
      Deadline.await("first", LONG, () -> runs.get() == 1 && ahead(world) > 23 * 3600);
      Node again = tick(world.node(), runs, Duration.ofHours(24)).start();
      world.schedule(again.jobs, "a", Duration.ZERO, "x");
      Deadline.await("looked", LONG, () -> world.effects().contains("x"));
      assertThat(runs.get()).isEqualTo(1);
      tick(world.node(), runs, Duration.ofMillis(300)).start();
      Deadline.await("quicker", LONG, () -> runs.get() >= 3);
    }
  }

  private static Node tick(Node node, AtomicInteger runs, Duration period) {
    node.writesNotes()
        .jobs
        .handle(
            TICK,
            run -> {
              runs.incrementAndGet();
              return Future.succeededFuture();
            })
        .every(TICK, period);
    return node;
  }

  private static long ahead(JobWorld world) {
    return Long.parseLong(
        world.sql(
            "select extract(epoch from take_at - now())::bigint from job where kind = 'test.tick'"));
  }
}
