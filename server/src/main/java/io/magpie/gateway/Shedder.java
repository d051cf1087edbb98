package io.magpie.gateway;

import io.magpie.operation.Shedding;
import io.magpie.protocol.ErrorBody;
import io.magpie.protocol.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Refuses requests of which there are too many before they are read: it looks at the beginning of a
 * frame only, in the form and order in which {@code JSON.stringify} writes the contract's frame:
 *
 * <pre>{"type":"request","id":17,"op":"message.send","params":{"conversation":"…"</pre>
 *
 * <p>Anything else is read as always, and refused by whoever has no room. The answer is the same.
 *
 * <p>One for each event loop.
 */
final class Shedder {
  private static final ByteBuf HEAD = ascii("{\"type\":\"request\",\"id\":");
  private static final int UUID_CHARS = 36;

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
  private record Rule(Shedding shedding, ByteBuf op, byte[] before, byte[] after) {
    static Rule of(Shedding shedding) {
      String answer =
          new String(
              new ServerFrame.ReplyError(0, ErrorBody.of(shedding.answer())).utf8(),
              StandardCharsets.UTF_8);
      int id = answer.indexOf("\"id\":0") + "\"id\":".length();
      return new Rule(
          shedding,
          ascii(
              ",\"op\":\"%s\",\"params\":{\"%s\":\""
                  .formatted(shedding.operation(), shedding.parameter())),
          answer.substring(0, id).getBytes(StandardCharsets.UTF_8),
          answer.substring(id + 1).getBytes(StandardCharsets.UTF_8));
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
    int from = text.readerIndex();
    int digits = from + HEAD.readableBytes();
    if (!at(text, from, HEAD)) {
      return Optional.empty();
    }
    int end = digits;
    while (end < text.writerIndex() && digit(text.getByte(end))) {
      end++;
    }
    if (end == digits || end - digits > MAX_DIGITS || text.getByte(digits) == '0') {
      return Optional.empty();
    }
    for (Rule rule : rules) {
      if (at(text, end, rule.op())) {
        return refused(text, digits, end, rule);
      }
    }
    return Optional.empty();
  }

  private static Optional<Shed> refused(ByteBuf text, int digits, int end, Rule rule) {
    int stream = end + rule.op().readableBytes();
    int length = text.readableBytes();
    if (text.writerIndex() <= stream + UUID_CHARS
        || text.getByte(stream + UUID_CHARS) != '"'
        || !full(rule, text.toString(stream, UUID_CHARS, StandardCharsets.US_ASCII))
        || !ByteBufUtil.isText(text, text.readerIndex(), length, StandardCharsets.UTF_8)) {
      return Optional.empty();
    }
    byte[] reply = new byte[rule.before().length + end - digits + rule.after().length];
    System.arraycopy(rule.before(), 0, reply, 0, rule.before().length);
    text.getBytes(digits, reply, rule.before().length, end - digits);
    System.arraycopy(
        rule.after(), 0, reply, reply.length - rule.after().length, rule.after().length);
    return Optional.of(new Shed(number(text, digits, end), rule.shedding().operation(), reply));
  }

  private static boolean full(Rule rule, String stream) {
    try {
      return rule.shedding().full().test(UUID.fromString(stream));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean at(ByteBuf text, int index, ByteBuf bytes) {
    int length = bytes.readableBytes();
    return text.writerIndex() - index >= length
        && ByteBufUtil.equals(text, index, bytes, 0, length);
  }

  private static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static long number(ByteBuf text, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.getByte(i) - '0';
    }
    return number;
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.unreleasableBuffer(
        Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)).asReadOnly());
  }
}
