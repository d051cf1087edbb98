package io.magpie.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.access.Actor;
import io.magpie.access.Role;
import io.magpie.identity.User;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.operation.Peer;
import io.magpie.protocol.Json;
import io.magpie.protocol.Params;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A group with a few messages. The client ids follow from what is written, so a second run finds
 * everything done.
 */
final class DemoConversation {
  private static final Peer HERE = new Peer("127.0.0.1", "demo", Optional.empty());

  private final Operations operations;
  private final List<User> people;

  DemoConversation(Operations operations, List<User> people) {
    this.operations = operations;
    this.people = people;
  }

  Future<Void> create() {
    ObjectNode group = Json.object();
    group.put("clientId", id("group")).put("kind", "group").put("name", "产品发布");
    people.stream().skip(1).forEach(p -> group.withArray("members").add(p.id().toString()));
    return call(0, "conversation.create", group)
        .compose(
            made -> {
              String conversation = made.get("id").textValue();
              return say(1, conversation, "大家好，新版本的发布计划定在下周五。")
                  .compose(done -> say(2, conversation, "技术部这边 **今天** 完成最后一轮测试。"))
                  .compose(done -> say(3, conversation, "好的，我来准备发布公告。"))
                  .compose(done -> say(4, conversation, "Great, I will tell our customers."));
            });
  }

  private Future<Void> say(int person, String conversation, String text) {
    ObjectNode message = Json.object();
    message.put("conversation", conversation).put("clientId", id(text));
    message.putObject("body").put("type", "text").put("text", text);
    return call(person, "message.send", message).mapEmpty();
  }

  private Future<JsonNode> call(int person, String operation, ObjectNode params) {
    Actor.User actor =
        new Actor.User(
            people.get(person).id(),
            UUID.fromString(id("session")),
            Set.of(Role.EMPLOYEE),
            Instant.MAX);
    return operations
        .find(operation)
        .orElseThrow()
        .handler()
        .handle(new Call(actor, Params.of(params), HERE))
        .map(result -> Json.readOwn(Json.write(result)));
  }

  private static String id(String text) {
    return UUID.nameUUIDFromBytes(("demo " + text).getBytes(StandardCharsets.UTF_8)).toString();
  }
}
