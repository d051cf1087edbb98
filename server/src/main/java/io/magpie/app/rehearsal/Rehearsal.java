package io.magpie.app.rehearsal;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a fresh process as fast as one that has worked for a while. */
public final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  /** Members of the group. */
  private static final int CLIENTS = 50;

  private Rehearsal() {}

  /**
   * Blocks until the node is warm, or for {@code longest} and the moment that the end of it takes.
   * Whatever goes wrong is logged.
   *
   * @return messages that all clients have got
   */
  public static int run(RehearsalParts parts, Duration longest) {
    long began = System.nanoTime();
    Limit limit = Limit.after(longest);
    UUID conversation = UUID.randomUUID();
    Cast cast = new Cast(CLIENTS, parts.gateway().clock().instant());
    try (Stage stage = new Stage(parts, cast);
        Play play = new Play(conversation, limit)) {
      perform(stage, play, conversation, cast, limit);
      LOG.atInfo()
          .addKeyValue("messages", play.sent())
          .addKeyValue("ms", (System.nanoTime() - began) / 1_000_000)
          .log("rehearsed");
      return play.sent();
    } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
      LOG.warn("The rehearsal failed, so this node starts cold: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** Time that is over ends it wherever it is. */
  private static void perform(Stage stage, Play play, UUID conversation, Cast cast, Limit limit)
      throws IOException, ExecutionException, InterruptedException {
    try {
      play.enter(limit.await(stage.open(conversation, cast)), cast);
      play.perform();
    } catch (SocketTimeoutException | TimeoutException e) {
      LOG.debug("the time for the rehearsal is over", e);
    }
  }
}
