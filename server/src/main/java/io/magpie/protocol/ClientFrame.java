package io.magpie.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What a client sends, as the schema {@code ClientFrame} describes it. */
public sealed interface ClientFrame {
  /** Streams of one hello at most. */
  int MAX_CURSORS = 900;

  /** First frame of a connection. */
  record Hello(String token, Optional<UUID> epoch, Map<UUID, Long> cursors, Optional<String> client)
      implements ClientFrame {
    public Hello {
      cursors = Map.copyOf(cursors);
    }

    @Override
    public String toString() {
      return "Hello[" + cursors.size() + " cursors]";
    }
  }

  /** A call; its parameters are read by the operation. */
  record Request(long id, String op, ObjectNode params) implements ClientFrame {}

  /** Answer to a heartbeat. */
  record Heartbeat() implements ClientFrame {}

  /** Form of an operation's name. */
  Pattern OP = Pattern.compile("[a-z]++(?:\\.[a-z_]++)+");

  /**
   * Reads a frame.
   *
   * @throws RequestError naming the field that is wrong
   */
  static ClientFrame read(ObjectNode node) {
    Params params = Params.of(node);
    ClientFrame frame =
        switch (params.oneOf("type", "hello", "request", "heartbeat")) {
          case "hello" -> hello(params);
          case "request" -> request(params);
          default -> new Heartbeat();
        };
    params.end();
    return frame;
  }

  private static Hello hello(Params params) {
    return new Hello(
        params.secret("token", 2048),
        params.optionalUuid("epoch"),
        params.optionalObject("cursors").map(ClientFrame::cursors).orElse(Map.of()),
        params.optionalLine("client", 1, 64));
  }

  private static Map<UUID, Long> cursors(Params cursors) {
    if (cursors.size() > MAX_CURSORS) {
      throw cursors.error(ErrorCode.INVALID_FIELD, "", "has more than " + MAX_CURSORS + " streams");
    }
    Map<UUID, Long> read = new HashMap<>();
    for (String name : cursors.names()) {
      read.put(cursors.keyAsUuid(name), cursors.integer(name, 0, Params.MAX_INTEGER));
    }
    return read;
  }

  private static Request request(Params params) {
    long id = params.integer("id", 1, Params.MAX_INTEGER);
    String op = params.matching("op", OP);
    return new Request(id, op, params.subtree("params").orElseGet(Json::object));
  }
}
