package io.magpie.job;

import io.magpie.storage.Failing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes due jobs and runs them, a bounded number at a time. Lives on one event loop. */
final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  private final Vertx vertx;
  private final Context context;
  private final JobStore store;
  private final JobSettings settings;
  private final Set<JobRun> running = new HashSet<>();
  private final Promise<Void> stopped = Promise.promise();
  private Map<String, Binding<?>> bindings = Map.of();
  private Map<String, Duration> periods = Map.of();
  private String node = "";
  private boolean started;
  private boolean stopping;
  private boolean polling;
  private boolean again;
  private boolean failing;
  private long timer = -1;

  JobRunner(Vertx vertx, JobStore store, JobSettings settings) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.store = store;
    this.settings = settings;
  }

  void start(String name, Map<String, Binding<?>> handlers, Map<String, Duration> repeated) {
    context.runOnContext(
        go -> {
          node = name;
          bindings = handlers;
          periods = repeated;
          started = true;
          poll();
        });
  }

  void wake() {
    context.runOnContext(go -> poll());
  }

  private void poll() {
    if (!started || stopping) {
      return;
    }
    if (polling) {
      again = true;
      return;
    }
    vertx.cancelTimer(timer);
    Map<String, Integer> free = free();
    int limit = settings.atOnce() - running.size();
    if (free.isEmpty() || limit <= 0) {
      again = true;
      pause();
      return;
    }
    polling = true;
    again = false;
    Failing.call(() -> ensurePeriodic().compose(done -> take(free, limit)))
        .onComplete(
            taken ->
                context.runOnContext(
                    go -> {
                      polling = false;
                      if (taken.failed()) {
                        failed(taken.cause());
                      } else {
                        failing = false;
                        run(taken.result(), free, limit);
                      }
                      settleStop();
                    }));
  }

  /** Said once, not each second for as long as the database is away. */
  private void failed(Throwable failure) {
    if (!failing) {
      LOG.warn("due jobs cannot be taken: {}", failure.getMessage());
    }
    failing = true;
    pause();
  }

  private Future<List<Leased>> take(Map<String, Integer> free, int limit) {
    return store.take(free, limit, node, settings.lease());
  }

  /** Once, when the database answers for the first time. */
  private Future<Void> ensurePeriodic() {
    if (periods.isEmpty()) {
      return Future.succeededFuture();
    }
    return Future.all(
            periods.entrySet().stream().map(p -> store.ensure(p.getKey(), p.getValue())).toList())
        .map(
            done -> {
              periods = Map.of();
              return null;
            });
  }

  /** How many more of each kind may run here. */
  private Map<String, Integer> free() {
    Map<String, Integer> free = new LinkedHashMap<>();
    bindings.forEach((kind, binding) -> free.put(kind, binding.kind().atOnce()));
    running.forEach(run -> free.merge(run.job().kind(), -1, Integer::sum));
    free.values().removeIf(count -> count <= 0);
    return free;
  }

  private void run(List<Leased> taken, Map<String, Integer> asked, int limit) {
    taken.forEach(this::run);
    boolean more =
        again
            || taken.size() >= limit
            || asked.entrySet().stream().anyMatch(kind -> count(taken, kind) >= kind.getValue());
    again = more;
    if (more && !free().isEmpty() && running.size() < settings.atOnce()) {
      poll();
    } else {
      pause();
    }
  }

  private static long count(List<Leased> taken, Map.Entry<String, Integer> kind) {
    return taken.stream().filter(job -> job.kind().equals(kind.getKey())).count();
  }

  private void run(Leased job) {
    JobRun run = new JobRun(context, store, settings, bindings.get(job.kind()), job);
    running.add(run);
    if (stopping) {
      giveBack(run);
      return;
    }
    run.start().onComplete(ended -> context.runOnContext(go -> ended(run)));
  }

  private void ended(JobRun run) {
    running.remove(run);
    settleStop();
    if (again) {
      poll();
    }
  }

  private void pause() {
    vertx.cancelTimer(timer);
    if (!stopping) {
      timer = vertx.setTimer(Backoff.jittered(settings.poll()).toMillis(), id -> poll());
    }
  }

  Future<Void> stop() {
    context.runOnContext(
        go -> {
          stopping = true;
          vertx.cancelTimer(timer);
          settleStop();
          vertx.setTimer(
              settings.patience().toMillis(), id -> List.copyOf(running).forEach(this::giveBack));
        });
    return stopped.future();
  }

  private void giveBack(JobRun run) {
    run.giveBack()
        .onComplete(
            done ->
                context.runOnContext(
                    go -> {
                      running.remove(run);
                      settleStop();
                    }));
  }

  private void settleStop() {
    if (stopping && !polling && running.isEmpty()) {
      stopped.tryComplete();
    }
  }
}
