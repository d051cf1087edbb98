package io.magpie.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.Json;
import io.magpie.protocol.Timestamps;
import io.magpie.stream.Event;
import io.magpie.testkit.ChatForTests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What a client keeps of one conversation, and how it applies events by the protocol's rules. */
final class ClientState {
  private final UUID me;
  private final UUID group;
  private final Map<UUID, Long> cursors = new HashMap<>();
  private final Map<Long, ObjectNode> messages = new TreeMap<>();
  private final Map<String, String> members = new TreeMap<>();
  private final ObjectNode conversation = Json.object();
  private final ObjectNode own = Json.object();

  private ClientState(UUID me, UUID group) {
    this.me = me;
    this.group = group;
  }

  /** A snapshot by the operations. */
  static ClientState read(ChatForTests chat, UUID me, UUID group) {
    ClientState state = new ClientState(me, group);
    String target = "{'conversation':'" + group + "'";
    JsonNode whole = chat.ask(me, "conversation.get", target + "}");
    state.conversation.set("name", whole.get("name"));
    state.conversation.set("announcement", whole.get("announcement"));
    state.conversation.set("memberCount", whole.get("memberCount"));
    for (String field : List.of("role", "read", "muted", "pinned", "archived", "draft")) {
      if (whole.get("me").has(field)) {
        state.own.set(field, whole.get("me").get(field));
      }
    }
    chat.ask(me, "member.list", target + "}")
        .get("items")
        .forEach(
            item ->
                state.members.put(
                    item.at("/user/id").textValue(),
                    item.get("role").textValue() + " " + item.get("joinedAt").textValue()));
    state.cursors.put(group, state.readMessages(chat, target));
    List<Event> inbox = chat.events(me, me, 0);
    state.cursors.put(me, (long) inbox.size());
    return state;
  }

  private long readMessages(ChatForTests chat, String target) {
    JsonNode page = chat.ask(me, "message.history", target + ",'limit':200}");
    for (JsonNode item : page.get("items")) {
      messages.put(item.get("seq").longValue(), (ObjectNode) item);
      if (item.has("replies")) {
        chat.ask(me, "message.thread", target + ",'seq':" + item.get("seq") + ",'limit':200}")
            .get("items")
            .forEach(reply -> messages.put(reply.get("seq").longValue(), (ObjectNode) reply));
      }
    }
    return page.get("head").longValue();
  }

  long cursor(UUID stream) {
    return cursors.get(stream);
  }

  /** Everything, with what has no order in an order. */
  String shown() {
    List<String> lines = new ArrayList<>();
    messages.values().forEach(message -> lines.add(sorted(message)));
    return String.join("\n", lines) + "\n" + members + "\n" + conversation + "\n" + sorted(own);
  }

  private static String sorted(ObjectNode node) {
    Map<String, String> fields = new TreeMap<>();
    node.properties()
        .forEach(
            field ->
                fields.put(
                    field.getKey(),
                    field.getKey().equals("reactions")
                        ? byEmoji(field.getValue())
                        : field.getValue().toString()));
    return fields.toString();
  }

  private static String byEmoji(JsonNode reactions) {
    Map<String, String> kinds = new TreeMap<>();
    reactions.forEach(kind -> kinds.put(kind.get("emoji").textValue(), kind.toString()));
    return kinds.toString();
  }

  void apply(Event event) {
    assert event.seq() == cursor(event.stream()) + 1;
    cursors.put(event.stream(), event.seq());
    JsonNode data = Json.readOwn(event.data());
    switch (event.kind()) {
      case "conversation.updated" -> conversation.setAll((ObjectNode) data);
      case "member.added" -> data.get("members").forEach(entry -> join(entry, event));
      case "member.removed" -> leave(data.get("user").textValue());
      case "member.updated" -> role(data);
      case "message.sent" -> sent(event, (ObjectNode) data);
      case "settings.changed" -> {
        own.set("muted", data.get("muted"));
        own.set("pinned", data.get("pinned"));
        own.set("archived", data.get("archived"));
      }
      case "draft.changed" -> draft(event, data);
      case "position.moved" -> own.set("read", data.get("read"));
      default -> target(event, data);
    }
  }

  private void join(JsonNode entry, Event event) {
    members.put(
        entry.get("user").textValue(),
        entry.get("role").textValue() + " " + Timestamps.format(event.at()));
    conversation.put("memberCount", members.size());
  }

  private void leave(String user) {
    members.remove(user);
    conversation.put("memberCount", members.size());
  }

  private void role(JsonNode data) {
    String role = data.get("role").textValue();
    members.computeIfPresent(
        data.get("user").textValue(), (user, old) -> role + old.substring(old.indexOf(' ')));
    if (data.get("user").textValue().equals(me.toString())) {
      own.put("role", role);
    }
  }

  private void draft(Event event, JsonNode data) {
    if (data.get("text").textValue().isEmpty()) {
      own.remove("draft");
    } else {
      own.putObject("draft")
          .put("text", data.get("text").textValue())
          .put("at", Timestamps.format(event.at()));
    }
  }

  private void sent(Event event, ObjectNode data) {
    ObjectNode message = data.deepCopy();
    message.put("conversation", group.toString()).put("seq", (int) event.seq());
    message.put("sender", event.actor().toString()).put("at", Timestamps.format(event.at()));
    messages.put(event.seq(), message);
    if (data.has("thread")) {
      ObjectNode root = messages.get(data.get("thread").longValue());
      root.put("replies", root.path("replies").asInt() + 1);
      root.put("lastReplySeq", (int) event.seq());
    }
  }

  private void target(Event event, JsonNode data) {
    if (!data.has("message")) {
      return;
    }
    ObjectNode message = messages.get(data.get("message").longValue());
    switch (event.kind()) {
      case "message.edited" -> edited(event, message, data);
      case "message.recalled" -> {
        message.remove(List.of("body", "mentions", "reactions", "pin"));
        message.put("recalledAt", Timestamps.format(event.at()));
        message.put("recalledBy", event.actor().toString());
      }
      case "message.reacted" -> reacted(message, data.get("emoji").textValue(), event.actor());
      case "message.unreacted" -> unreacted(message, data.get("emoji").textValue(), event.actor());
      case "message.pinned" ->
          message
              .putObject("pin")
              .put("by", event.actor().toString())
              .put("at", Timestamps.format(event.at()));
      case "message.unpinned" -> message.remove("pin");
      default -> throw new AssertionError(event.kind());
    }
  }

  /** An edit whose words a later recall took away only leaves its time. */
  private static void edited(Event event, ObjectNode message, JsonNode data) {
    message.put("editedAt", Timestamps.format(event.at()));
    if (!data.has("text")) {
      return;
    }
    ((ObjectNode) message.get("body")).set("text", data.get("text"));
    message.remove("mentions");
    if (data.has("mentions")) {
      message.set("mentions", data.get("mentions"));
    }
  }

  private static void reacted(ObjectNode message, String emoji, UUID user) {
    ArrayNode kinds =
        message.has("reactions")
            ? (ArrayNode) message.get("reactions")
            : message.putArray("reactions");
    for (JsonNode kind : kinds) {
      if (kind.get("emoji").textValue().equals(emoji)) {
        ((ArrayNode) kind.get("users")).add(user.toString());
        ((ObjectNode) kind).put("count", kind.get("count").intValue() + 1);
        return;
      }
    }
    kinds.addObject().put("emoji", emoji).put("count", 1).putArray("users").add(user.toString());
  }

  private static void unreacted(ObjectNode message, String emoji, UUID user) {
    ArrayNode kinds = (ArrayNode) message.get("reactions");
    for (int i = 0; i < kinds.size(); i++) {
      ObjectNode kind = (ObjectNode) kinds.get(i);
      if (kind.get("emoji").textValue().equals(emoji)) {
        ArrayNode left = Json.object().arrayNode();
        kind.get("users")
            .forEach(
                id -> {
                  if (!id.textValue().equals(user.toString())) {
                    left.add(id);
                  }
                });
        kind.put("count", left.size()).set("users", left);
        if (left.isEmpty()) {
          kinds.remove(i);
        }
      }
    }
    if (kinds.isEmpty()) {
      message.remove("reactions");
    }
  }
}
