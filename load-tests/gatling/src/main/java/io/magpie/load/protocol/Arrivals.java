package io.magpie.load.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Takes what the server pushes: holds events against the numbers of their streams and tells the log
 * how long messages and statuses were on their way.
 */
final class Arrivals {
  private final Cursors cursors;
  private final Map<String, Long> statuses = new HashMap<>();
  private long resumedAt;
  private long watchingSince;
  private boolean tokenExpires;
  private boolean cut;

  Arrivals(Cursors cursors) {
    this.cursors = cursors;
  }

  /**
   * A hello is about to be sent: the first, or one that goes on where the last connection ended.
   */
  void connecting(long now, boolean resumes) {
    resumedAt = resumes ? now : 0;
    cut = false;
    tokenExpires = false;
  }

  void disconnected() {
    cut = false;
  }

  void watching(long now) {
    watchingSince = now;
  }

  /** Whether the server has said that this connection ends. */
  boolean cut() {
    return cut;
  }

  /** Whether the access token has to be renewed; tells it once. */
  boolean takeTokenExpires() {
    boolean told = tokenExpires;
    tokenExpires = false;
    return told;
  }

  void take(JsonNode frame, long at, Log log) {
    switch (frame.path("type").asText()) {
      case "events" -> frame.path("events").forEach(event -> event(event, at, log));
      case "signals" -> frame.path("signals").forEach(signal -> signal(signal, at, log));
      case "streams" -> streams(frame);
      case "token_expiring" -> tokenExpires = true;
      case "go_away" -> ends("go_away", log);
      case "error" -> {
        if (frame.path("close").asBoolean()) {
          ends(frame.path("error").path("code").asText(), log);
        }
      }
      case "resync_required" ->
          log.failed(Names.BROKEN, "resync_required: " + frame.path("reason").asText());
      default -> {
        // Heartbeats are answered by the protocol of the run; late replies belong to nobody.
      }
    }
  }

  private void ends(String why, Log log) {
    cut = true;
    log.failed(Names.CUT, why);
  }

  /** {@code welcome} or {@code streams}. */
  void streams(JsonNode frame) {
    for (JsonNode entry : frame.path("streams")) {
      cursors.welcome(entry.path("stream").asText(), entry.path("after").asLong());
    }
  }

  private void event(JsonNode event, long at, Log log) {
    cursors
        .apply(event.path("stream").asText(), event.path("seq").asLong())
        .ifPresentOrElse(wrong -> log.failed(Names.BROKEN, wrong), () -> message(event, at, log));
  }

  /** A page of {@code stream.events}. */
  void pulled(JsonNode page, long at, Log log) {
    page.path("events").forEach(event -> message(event, at, log));
    cursors.pulled(page).ifPresent(wrong -> log.failed(Names.BROKEN, wrong));
  }

  private void message(JsonNode event, long at, Log log) {
    if (!event.path("kind").asText().equals("message.sent")) {
      return;
    }
    OptionalLong sent = Marker.sentAt(event.path("data").path("body").path("text").asText());
    if (sent.isEmpty()) {
      return;
    }
    if (sent.getAsLong() < resumedAt) {
      log.ok(Names.CAUGHT_UP, resumedAt, at);
    } else {
      log.ok(Names.DELIVERED, sent.getAsLong(), at);
    }
  }

  private void signal(JsonNode signal, long at, Log log) {
    JsonNode presence = signal.path("presence");
    OptionalLong set = Marker.sentAt(presence.path("status").path("text").asText());
    if (set.isEmpty() || set.getAsLong() < watchingSince) {
      return;
    }
    String user = presence.path("user").asText();
    Long before = statuses.put(user, set.getAsLong());
    if (before == null || before < set.getAsLong()) {
      log.ok(Names.SEEN, set.getAsLong(), at);
    }
  }
}
