package io.magpie.job;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.OutcomeUnknown;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of one job on this node, from its lease to its end. On the runner's event loop. */
final class JobRun {
  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
  private static final int LONGEST_REASON = 500;

  private final Context context;
  private final JobStore store;
  private final JobSettings settings;
  private final Binding<?> binding;
  private final Leased job;
  private final Promise<Void> over = Promise.promise();
  private long timer = -1;

  JobRun(Context context, JobStore store, JobSettings settings, Binding<?> binding, Leased job) {
    this.context = context;
    this.store = store;
    this.settings = settings;
    this.binding = binding;
    this.job = job;
  }

  Leased job() {
    return job;
  }

  /** Ends, always successfully, when this node has nothing more to do with the job. */
  Future<Void> start() {
    binding.metrics().started(job);
    Future<Void> settled = work().transform(done -> settle(done.cause()));
    return settled
        .otherwiseEmpty()
        .onComplete(
            done -> {
              context.owner().cancelTimer(timer);
              binding.metrics().ended();
            });
  }

  /** Who took the job and never came back five times is not asked a sixth time. */
  private Future<Void> work() {
    if (job.attempt() > settings.backoff().tries()) {
      return Future.failedFuture(new IllegalStateException("no try came to an end"));
    }
    startDeadline();
    binding
        .run(job, store, settings.lease(), this::startDeadline)
        .onComplete(done -> context.runOnContext(go -> end(done)));
    return over.future();
  }

  private void end(AsyncResult<Void> done) {
    if (done.succeeded()) {
      over.tryComplete();
    } else {
      over.tryFail(done.cause());
    }
  }

  private void startDeadline() {
    context.owner().cancelTimer(timer);
    timer =
        context
            .owner()
            .setTimer(
                settings.deadline().toMillis(),
                id -> over.tryFail(new TimeoutException("ran longer than " + settings.deadline())));
  }

  private Future<Void> settle(Throwable failure) {
    if (failure == null) {
      binding.metrics().run();
      return Future.succeededFuture();
    }
    if (failure instanceof Superseded) {
      superseded();
      return Future.succeededFuture();
    }
    return fail(failure);
  }

  private void superseded() {
    binding.metrics().superseded();
    LOG.atInfo().addKeyValue("kind", job.kind()).log("a job was taken over by somebody else");
  }

  /** If even this cannot be stored the lease runs out, and somebody tries again. */
  private Future<Void> fail(Throwable failure) {
    boolean own = !foreign(failure);
    Optional<Duration> wait =
        own ? settings.backoff().after(job.attempt()) : Optional.of(settings.backoff().again());
    String why = reason(failure);
    Future<Void> stored =
        wait.isEmpty() && job.period().isPresent()
            ? store.comeRound(store.alone(), job, Optional.of(why))
            : store.fail(job, wait, why, own);
    return stored
        .onSuccess(done -> count(failure, wait.isEmpty()))
        .onFailure(
            refused -> {
              if (refused instanceof Superseded) {
                superseded();
              }
            });
  }

  private void count(Throwable failure, boolean last) {
    binding.metrics().failed();
    if (last) {
      binding.metrics().parked();
      LOG.atError()
          .addKeyValue("kind", job.kind())
          .addKeyValue("job", job.id())
          .setCause(failure)
          .log("a job failed too often");
    } else {
      LOG.atWarn()
          .addKeyValue("kind", job.kind())
          .addKeyValue("job", job.id())
          .addKeyValue("attempt", job.attempt())
          .addKeyValue("cause", failure.toString())
          .log("a job failed and is tried again");
    }
  }

  /** The database's failures, which end by themselves, are nothing that a job is parked for. */
  private static boolean foreign(Throwable failure) {
    return failure instanceof OutcomeUnknown
        || failure instanceof RequestError refused
            && (refused.code() == ErrorCode.UNAVAILABLE || refused.code() == ErrorCode.OVERLOADED);
  }

  private static String reason(Throwable failure) {
    String text = failure.toString().replace("\0", "");
    return text.substring(0, Math.min(text.length(), LONGEST_REASON));
  }

  /** At shutdown: somebody else may have the job at once; what still runs here has no effect. */
  Future<Void> giveBack() {
    return store.giveBack(job).otherwiseEmpty();
  }
}
