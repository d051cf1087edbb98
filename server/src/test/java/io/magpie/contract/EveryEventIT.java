package io.magpie.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.ContractSchemas;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One long conversation makes every kind of event that the contract has, and each fits it. */
class EveryEventIT {

  @Test
  void every_kind_of_event_is_made_and_delivered() {
    Set<String> promised = new TreeSet<>();
    ContractSchemas.asyncapi().get("x-magpie-events").fieldNames().forEachRemaining(promised::add);
    Set<String> seen = new TreeSet<>();
    try (TestServer server = TestServer.start()) {
      TestUser wei = server.user("伟");
      TestUser na = server.user("娜");
      try (TestClient owner = server.client(wei);
          TestClient member = server.client(na)) {
        UUID group = server.group(wei, na);
        member.event("membership.added");
        talk(owner, member, group);
        settings(owner, group, na);
        owner.ask(
            "member.add",
            "{'conversation':'%s','users':['%s']}".formatted(group, server.user("芳").id()));
        owner.event("member.added");
        owner.ask("member.remove", "{'conversation':'%s','user':'%s'}".formatted(group, na.id()));
        member.event("member.removed");
        member.event("membership.removed");
        promised.forEach(kind -> collect(owner, member, kind, seen));
      }
    }
    assertThat(seen).isEqualTo(promised);
  }

  private static void collect(TestClient one, TestClient other, String kind, Set<String> seen) {
    for (TestClient client : new TestClient[] {one, other}) {
      for (JsonNode frame : client.frames()) {
        if (TestClient.type(frame).equals("events")) {
          frame.get("events").findValuesAsText("kind").stream()
              .filter(kind::equals)
              .forEach(seen::add);
        }
      }
    }
  }

  private static void talk(TestClient owner, TestClient member, UUID group) {
    long seq = member.say(group, "hello");
    String at = "'conversation':'%s','seq':%d".formatted(group, seq);
    member.ask("message.edit", "{%s,'text':'hello again'}".formatted(at));
    owner.ask("message.react", "{%s,'emoji':'👍'}".formatted(at));
    owner.ask("message.unreact", "{%s,'emoji':'👍'}".formatted(at));
    owner.ask("message.pin", "{%s}".formatted(at));
    owner.ask("message.unpin", "{%s}".formatted(at));
    member.ask("message.recall", "{%s}".formatted(at));
    owner.event("message.recalled");
    owner.ask(
        "position.update",
        "{'positions':[{'conversation':'%s','read':%d,'delivered':%d}]}"
            .formatted(group, seq, seq));
    owner.event("position.moved");
  }

  private static void settings(TestClient owner, UUID group, TestUser member) {
    String at = "'conversation':'" + group + "'";
    owner.ask("conversation.update", "{%s,'name':'新名'}".formatted(at));
    owner.ask("conversation.settings", "{%s,'muted':true}".formatted(at));
    owner.event("settings.changed");
    owner.ask("draft.set", "{%s,'text':'not yet'}".formatted(at));
    owner.event("draft.changed");
    owner.ask("status.set", "{'text':'in a meeting'}");
    owner.event("presence.changed");
    owner.ask("member.update", "{%s,'user':'%s','role':'admin'}".formatted(at, member.id()));
    owner.event("conversation.updated");
  }
}
