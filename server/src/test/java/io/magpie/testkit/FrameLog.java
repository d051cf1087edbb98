package io.magpie.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** The frames that one client was sent, in their order, for any thread to wait for. */
final class FrameLog {
  private final List<JsonNode> frames = new ArrayList<>();
  private boolean ended;
  private int closeCode;

  synchronized void add(JsonNode frame) {
    frames.add(frame);
    notifyAll();
  }

  synchronized void closing(int code) {
    closeCode = code;
  }

  /** Nothing more comes. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized boolean ended() {
    return ended;
  }

  /** 0 where there was no close frame. */
  synchronized int closeCode() {
    return closeCode;
  }

  synchronized List<JsonNode> all() {
    return List.copyOf(frames);
  }

  /** The first frame, of those that came and those to come, that fits. */
  synchronized JsonNode await(String what, Duration within, Predicate<JsonNode> fits) {
    long end = System.nanoTime() + within.toNanos();
    for (int at = 0; ; at++) {
      while (at == frames.size()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0 || ended) {
          throw new AssertionError(
              "no " + what + "; closed: " + (ended ? closeCode : "no") + "; frames: " + tail());
        }
        waitForMore(left);
      }
      if (fits.test(frames.get(at))) {
        return frames.get(at);
      }
    }
  }

  private void waitForMore(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String tail() {
    String text = frames.subList(Math.max(0, frames.size() - 5), frames.size()).toString();
    return text.length() > 2_000 ? text.substring(0, 2_000) + "…" : text;
  }

  /** The events of a stream so far, in the order in which they came. */
  List<JsonNode> events(UUID stream) {
    return all().stream()
        .flatMap(frame -> events(frame).stream())
        .filter(event -> event.get("stream").textValue().equals(stream.toString()))
        .toList();
  }

  /** Those of one frame. */
  static List<JsonNode> events(JsonNode frame) {
    List<JsonNode> events = new ArrayList<>();
    if (TestClient.type(frame).equals("events")) {
      frame.get("events").forEach(events::add);
    }
    return events;
  }
}
