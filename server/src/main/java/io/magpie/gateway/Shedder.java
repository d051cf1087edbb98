package io.magpie.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.magpie.operation.Shedding;
import io.magpie.protocol.ErrorBody;
import io.magpie.protocol.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Refuses, before they are read, requests for which there is no room. It knows them by how their
 * frames begin, in the form and order in which {@code JSON.stringify} writes what the SDK sends:
 *
 * <pre>{"type":"request","id":17,"op":"message.send","params":{"conversation":"…"</pre>
 *
 * <p>Of the rest it only sees to it that it is UTF-8. Any other frame is read as always, and
 * refused by whoever has no room; for a valid request the answer is the same.
 *
 * <p>One for each event loop.
 */
final class Shedder {
  private static final byte[] HEAD = "{\"type\":\"request\",\"id\":".getBytes(US_ASCII);
  private static final int UUID_CHARS = 36;
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  /** More could be larger than an id may be; who counts that far is read as always. */
  private static final int MAX_DIGITS = 15;

  private final List<Rule> rules;

  Shedder(List<Shedding> shedding) {
    this.rules = shedding.stream().map(Rule::of).toList();
  }

  /**
   * A rule in bytes.
   *
   * @param op what stands between the id and the stream
   * @param before the answer up to the id
   * @param after the answer from the id on
   */
  private record Rule(Shedding shedding, byte[] op, byte[] before, byte[] after) {
    private static final String NO_ID = "\"id\":0";

    static Rule of(Shedding shedding) {
      ServerFrame answer = new ServerFrame.ReplyError(0, ErrorBody.of(shedding.answer()));
      String[] parts = new String(answer.utf8(), UTF_8).split(NO_ID, 2);
      return new Rule(
          shedding,
          ",\"op\":\"%s\",\"params\":{\"%s\":\""
              .formatted(shedding.operation(), shedding.parameter())
              .getBytes(US_ASCII),
          (parts[0] + NO_ID.substring(0, NO_ID.length() - 1)).getBytes(UTF_8),
          parts[1].getBytes(UTF_8));
    }

    byte[] reply(byte[] id) {
      byte[] reply = new byte[before.length + id.length + after.length];
      System.arraycopy(before, 0, reply, 0, before.length);
      System.arraycopy(id, 0, reply, before.length, id.length);
      System.arraycopy(after, 0, reply, before.length + id.length, after.length);
      return reply;
    }
  }

  /**
   * A request that is refused.
   *
   * @param reply the whole answer
   */
  record Shed(long id, String operation, byte[] reply) {}

  /** Whether it could be that something is refused. */
  boolean pressed() {
    for (Rule rule : rules) {
      if (rule.shedding().pressed().getAsBoolean()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Looks at a whole text message.
   *
   * @return the refusal; empty where it has to be read
   */
  Optional<Shed> look(ByteBuf text) {
    int id = text.readerIndex() + HEAD.length;
    if (!at(text, text.readerIndex(), HEAD)) {
      return Optional.empty();
    }
    int end = id;
    while (end < text.writerIndex() && digit(text.getByte(end))) {
      end++;
    }
    if (end == id || end - id > MAX_DIGITS || text.getByte(id) == '0') {
      return Optional.empty();
    }
    for (Rule rule : rules) {
      if (at(text, end, rule.op())) {
        return full(text, end + rule.op().length, rule) && utf8(text)
            ? Optional.of(refusal(rule, ByteBufUtil.getBytes(text, id, end - id)))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Shed refusal(Rule rule, byte[] id) {
    long number = Long.parseLong(new String(id, US_ASCII));
    return new Shed(number, rule.shedding().operation(), rule.reply(id));
  }

  /** Whether a stream is named here, and is full. */
  private static boolean full(ByteBuf text, int stream, Rule rule) {
    int end = stream + UUID_CHARS;
    if (text.writerIndex() <= end || text.getByte(end) != '"') {
      return false;
    }
    try {
      UUID id = UUID.fromString(text.toString(stream, UUID_CHARS, US_ASCII));
      return rule.shedding().full().test(id);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whoever sends what is no UTF-8 is closed, also when there is no room (RFC 6455, 8.1). */
  private static boolean utf8(ByteBuf text) {
    int from = text.readerIndex();
    int end = text.writerIndex();
    while (from + Long.BYTES <= end && (text.getLong(from) & NOT_ASCII) == 0) {
      from += Long.BYTES;
    }
    return ByteBufUtil.isText(text, from, end - from, UTF_8);
  }

  private static boolean at(ByteBuf text, int index, byte[] bytes) {
    if (text.writerIndex() - index < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (text.getByte(index + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }
}
