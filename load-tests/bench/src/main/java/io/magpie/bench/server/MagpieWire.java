package io.magpie.bench.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.magpie.bench.load.Ledger;
import io.magpie.bench.load.Link;
import io.magpie.bench.load.Wire;
import io.magpie.bench.wire.Bytes;
import io.magpie.bench.wire.Markers;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The protocol of docs/protocol.md. A request's id is its message's number + 1. Events are found by
 * the marks in their bodies, so one frame may hold any number of them; replies and welcomes are
 * known by their first bytes.
 */
final class MagpieWire implements Wire {
  private static final byte[] TYPE = bytes("{\"type\":\"");
  private static final byte[] EVENTS = bytes("events\"");
  private static final byte[] REPLY = bytes("reply\",\"id\":");
  private static final byte[] OK = bytes(",\"ok\":true");
  private static final byte[] BEAT = bytes("heartbeat\"");
  private static final byte[] SIGNALS = bytes("signals\"");
  private static final byte[] WELCOME = bytes("welcome\"");
  private static final byte[] STREAMS = bytes("streams\"");
  private static final byte[] COMPLETE = bytes("\"more\":false");
  private static final byte[] ANSWER = bytes("{\"type\":\"heartbeat\"}");
  private static final String RETRYABLE = "\"retryable\":true";
  private static final long MOMENT_MS = 500;
  private static final Pattern RETRY = Pattern.compile("\"retryAfterMs\":(\\d+)");
  private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z_]+)\"");

  private final Ledger ledger;
  private final Markers markers;
  private final String mentions;

  MagpieWire(Ledger ledger, Markers markers) {
    this(ledger, markers, "");
  }

  private MagpieWire(Ledger ledger, Markers markers, String mentions) {
    this.ledger = ledger;
    this.markers = markers;
    this.mentions = mentions;
  }

  /** Whose messages mention everybody. */
  MagpieWire toEverybody() {
    return new MagpieWire(ledger, markers, ",\"mentions\":{\"all\":true}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  @Override
  public byte[] upgrade(Link link) {
    return bytes(Upgrade.request(link.member().port(), "/ws", "magpie.v1"));
  }

  @Override
  public void opened(Link link) {
    link.text(
        bytes(
            "{\"type\":\"hello\",\"token\":\"%s\",\"client\":\"bench/1.0\"%s}"
                .formatted(
                    link.member().credential(),
                    link.memory() instanceof MagpieCursors before ? before.fields(link) : "")));
  }

  @Override
  public void message(Link link, byte[] bytes, int from, int to) {
    int at = from + TYPE.length;
    if (!Bytes.at(bytes, from, to, TYPE)) {
      ledger.problem("a frame that does not begin with its type");
    } else if (Bytes.at(bytes, at, to, EVENTS)) {
      markers.find(bytes, at, to, id -> ledger.delivered(link, id));
    } else if (Bytes.at(bytes, at, to, REPLY)) {
      reply(bytes, at + REPLY.length, to);
    } else if (Bytes.at(bytes, at, to, BEAT)) {
      link.text(ANSWER);
    } else if (Bytes.at(bytes, at, to, WELCOME) || Bytes.at(bytes, at, to, STREAMS)) {
      welcome(link, bytes, at, to);
    } else if (!Bytes.at(bytes, at, to, SIGNALS)) {
      other(link, new String(bytes, from, Math.min(300, to - from), US_ASCII));
    }
  }

  /**
   * Who is refused for now at its hello comes again, when told to or after a moment, as the SDK
   * does; its time goes on. Everything else should not happen.
   */
  private void other(Link link, String frame) {
    Matcher retry = RETRY.matcher(frame);
    if (frame.contains("\"close\":true") && frame.contains(RETRYABLE)) {
      ledger.turnedAway(link, retry.find() ? Long.parseLong(retry.group(1)) : MOMENT_MS, frame);
    } else {
      ledger.problem(frame);
    }
  }

  private void reply(byte[] bytes, int from, int to) {
    int id = Bytes.number(bytes, from, to) - 1;
    if (Bytes.find(bytes, from, Math.min(to, from + 12 + OK.length), OK) >= 0) {
      ledger.acked(id);
    } else {
      ledger.refused(id, why(new String(bytes, from, to - from, US_ASCII)));
    }
  }

  /** With what a request was refused. */
  static String why(String frame) {
    Matcher code = CODE.matcher(frame);
    String why = code.find() ? code.group(1) : "without a code";
    return frame.contains(RETRYABLE) ? why : why + ", for good";
  }

  private void welcome(Link link, byte[] bytes, int from, int to) {
    if (Bytes.at(bytes, from, to, WELCOME)) {
      link.remember(new MagpieCursors(new String(bytes, from, to - from, US_ASCII), link.taken()));
    }
    if (Bytes.find(bytes, from, to, COMPLETE) >= 0) {
      ledger.joined(link);
    }
  }

  @Override
  public void send(Link link, int id) {
    String body = new String(markers.body(id), US_ASCII);
    link.text(
        bytes(
            ("{\"type\":\"request\",\"id\":%d,\"op\":\"message.send\",\"params\":{"
                    + "\"conversation\":\"%s\",\"clientId\":\"%s\","
                    + "\"body\":{\"type\":\"text\",\"text\":\"%s\"}%s}}")
                .formatted(id + 1, link.member().room(), UUID.randomUUID(), body, mentions)));
  }
}
