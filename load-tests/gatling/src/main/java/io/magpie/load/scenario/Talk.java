package io.magpie.load.scenario;

import static io.gatling.javaapi.core.CoreDsl.exec;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.magpie.load.protocol.Mailbox;
import io.magpie.load.protocol.Marker;
import io.magpie.load.protocol.Wire;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What people do in conversations. */
final class Talk {
  private static final String HERE = "conversation";

  private Talk() {}

  /** Goes to one of the user's conversations. */
  static ChainBuilder choose() {
    return exec(
        session -> {
          List<String> all = session.getList(Run.CONVERSATIONS);
          return session.set(HERE, all.get(ThreadLocalRandom.current().nextInt(all.size())));
        });
  }

  /** Sends a message there, and waits until it is stored. */
  static ChainBuilder say(int bytes) {
    return Wire.ask(
        "message.send",
        session ->
            Map.of(
                "conversation", session.getString(HERE),
                "clientId", UUID.randomUUID().toString(),
                "body", Map.of("type", "text", "text", text(bytes))));
  }

  private static String text(int bytes) {
    return Marker.text(System.currentTimeMillis(), bytes);
  }

  /** Says that everything there was read. */
  static ChainBuilder read() {
    return Wire.ask("position.update", Talk::position);
  }

  private static Map<String, ?> position(Session session) {
    String here = session.getString(HERE);
    long last = Mailbox.of(session).cursor(here);
    return Map.of(
        "positions", List.of(Map.of("conversation", here, "delivered", last, "read", last)));
  }

  /** Shows the others that something is being written. */
  static ChainBuilder type() {
    return Wire.ask("typing.start", session -> Map.of("conversation", session.getString(HERE)));
  }

  /** Opens it: the newest page of its history. */
  static ChainBuilder history() {
    return Wire.ask(
        "message.history", session -> Map.of("conversation", session.getString(HERE), "limit", 50));
  }

  /** The first page of the list on the left. */
  static ChainBuilder list() {
    return Wire.ask("conversation.list", session -> Map.of("limit", 50));
  }
}
