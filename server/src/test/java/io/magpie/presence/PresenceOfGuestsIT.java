package io.magpie.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.access.Role;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Guests see presence only of people with whom they share a conversation now (S-Z22). */
class PresenceOfGuestsIT {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    server.make("guest", Role.GUEST);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_guest_sees_who_shares_a_conversation_for_as_long_as_that_lasts() {
    TestUser guest = server.login("guest");
    TestUser wei = server.user("伟");
    TestUser na = server.user("娜");
    UUID group = server.group(wei, na, guest);
    try (TestClient outside = server.client(guest);
        TestClient owner = server.client(wei);
        TestClient member = server.client(na)) {
      Sight sight = new Sight(outside);
      sight.watch(na, guest, wei);
      sight.await(na, "online");
      sight.await(guest, "online");
      owner.ask("member.remove", "{'conversation':'%s','user':'%s'}".formatted(group, na.id()));
      member.ask("presence.set", "{'availability':'busy'}");
      owner.ask("presence.set", "{'availability':'busy'}");
      sight.await(wei, "busy");
      member.ask("presence.set", "{'availability':'away'}");
      owner.ask("presence.set", "{'availability':'away'}");
      sight.await(wei, "away");
      assertThat(sight.now(na).orElseThrow().get("state").textValue()).isEqualTo("online");
      assertThat(sight.watch(na)).isEmpty();
    }
  }

  @Test
  void who_is_hidden_and_who_does_not_exist_give_the_same_answer() {
    TestUser na = server.user("娜");
    UUID nobody = UUID.randomUUID();
    try (TestClient outside = server.client(server.login("guest"))) {
      for (UUID user : new UUID[] {na.id(), nobody}) {
        assertThat(outside.ask("presence.watch", "{'users':['" + user + "']}").get("presences"))
            .isEmpty();
        assertThat(outside.refusal("presence.get", "{'user':'" + user + "'}"))
            .isEqualTo("not_found");
      }
    }
  }

  @Test
  void one_request_names_at_most_500_different_users() {
    String many =
        Stream.generate(() -> "'" + UUID.randomUUID() + "'")
            .limit(501)
            .collect(Collectors.joining(","));
    String once = many.substring(0, many.lastIndexOf(','));
    try (TestClient client = server.client(server.user("伟"))) {
      assertThat(client.refusal("presence.watch", "{'users':[" + many + "]}"))
          .isEqualTo("invalid_field");
      assertThat(client.refusal("presence.watch", "{'users':[" + once + "]}")).isEqualTo("done");
      UUID same = UUID.randomUUID();
      assertThat(client.refusal("presence.watch", "{'users':['%s','%s']}".formatted(same, same)))
          .isEqualTo("invalid_field");
      assertThat(client.refusal("presence.unwatch", "{'users':[]}")).isEqualTo("invalid_field");
    }
  }
}
