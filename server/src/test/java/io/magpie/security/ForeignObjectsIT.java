package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.protocol.Json;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What belongs to others is not there, over either transport (S-Z01 to S-Z17). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignObjectsIT {
  private TestServer server;
  private TestUser owner;
  private TestUser stranger;
  private UUID theirs;
  private UUID mine;
  private long theirSeq;
  private long mySeq;

  @BeforeAll
  void start() {
    server = TestServer.start();
    owner = server.user("伟");
    stranger = server.user("外");
    theirs = server.group(owner, server.user("娜"));
    mine = server.group(stranger);
    try (TestClient one = server.client(owner);
        TestClient other = server.client(stranger)) {
      one.say(theirs, "private");
      theirSeq = one.say(theirs, "also private");
      mySeq = other.say(mine, "mine");
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** Single quotes for double ones, C the foreign conversation, N a number in it. */
  private String filled(String params) {
    return params
        .replace("C", theirs.toString())
        .replace("N", String.valueOf(theirSeq))
        .replace("ID", UUID.randomUUID().toString())
        .replace("ME", stranger.id().toString());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conversation.get      | {'conversation':'C'}
          conversation.update   | {'conversation':'C','name':'mine now'}
          conversation.settings | {'conversation':'C','muted':true}
          conversation.leave    | {'conversation':'C'}
          draft.set             | {'conversation':'C','text':'x'}
          member.list           | {'conversation':'C'}
          member.add            | {'conversation':'C','users':['ME']}
          member.update         | {'conversation':'C','user':'ME','role':'owner'}
          member.remove         | {'conversation':'C','user':'ME'}
          position.list         | {'conversation':'C'}
          typing.start          | {'conversation':'C'}
          message.send          | {'conversation':'C','clientId':'ID','body':{'type':'text','text':'x'}}
          message.history       | {'conversation':'C'}
          message.get           | {'conversation':'C','seq':N}
          message.edit          | {'conversation':'C','seq':N,'text':'x'}
          message.recall        | {'conversation':'C','seq':N}
          message.thread        | {'conversation':'C','seq':N}
          message.receipts      | {'conversation':'C','seq':N}
          message.forward       | {'clientId':'ID','from':'C','seqs':[N],'to':'C'}
          message.react         | {'conversation':'C','seq':N,'emoji':'👍'}
          message.unreact       | {'conversation':'C','seq':N,'emoji':'👍'}
          message.pin           | {'conversation':'C','seq':N}
          message.unpin         | {'conversation':'C','seq':N}
          pin.list              | {'conversation':'C'}
          stream.events         | {'stream':'C','after':0}
          """)
  void S_Z01_S_Z02_a_foreign_conversation_is_not_there(String op, String params) {
    Map<String, Long> before = server.state();
    try (TestClient client = server.client(stranger)) {
      assertThat(client.refusal(op, filled(params))).isEqualTo("not_found");
    }
    assertThat(server.state()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, ''",
    "GET, /members",
    "GET, /messages",
    "GET, /pins",
    "GET, /positions",
    "PATCH, ''"
  })
  void S_Z01_S_Z02_nor_over_http(String method, String path) {
    String body = method.equals("PATCH") ? "{\"name\":\"mine now\"}" : null;
    assertThat(
            server
                .http()
                .send(method, "/conversations/" + theirs + path, stranger.token(), body)
                .code())
        .isEqualTo("not_found");
  }

  @Test
  void S_Z02_a_position_in_a_foreign_conversation_moves_nothing() {
    Map<String, Long> before = server.state();
    try (TestClient client = server.client(stranger)) {
      client.refusal(
          "position.update",
          "{'positions':[{'conversation':'%s','read':%d}]}".formatted(theirs, theirSeq));
    }
    assertThat(server.state()).isEqualTo(before);
  }

  @Test
  void S_Z02_a_message_of_another_conversation_cannot_be_pointed_at_or_forwarded() {
    Map<String, Long> before = server.state();
    long beyond = mySeq + 100;
    try (TestClient client = server.client(stranger)) {
      String send =
          "{'conversation':'%s','clientId':'%s','body':{'type':'text','text':'x'},'%s':%d}";
      for (String field : List.of("replyTo", "thread")) {
        assertThat(
                client.refusal(
                    "message.send", send.formatted(mine, UUID.randomUUID(), field, beyond)))
            .isEqualTo("not_found");
      }
      assertThat(
              client.refusal(
                  "message.forward",
                  "{'clientId':'%s','from':'%s','seqs':[%d],'to':'%s'}"
                      .formatted(UUID.randomUUID(), theirs, theirSeq, mine)))
          .isEqualTo("not_found");
      assertThat(
              client.refusal(
                  "message.forward",
                  "{'clientId':'%s','from':'%s','seqs':[%d],'to':'%s'}"
                      .formatted(UUID.randomUUID(), mine, mySeq, theirs)))
          .isEqualTo("not_found");
    }
    assertThat(server.state()).isEqualTo(before);
  }

  @Test
  void S_Z02_an_absent_conversation_and_a_foreign_one_get_the_same_answer() {
    try (TestClient client = server.client(stranger)) {
      var foreign = Json.object().put("conversation", theirs.toString());
      var absent = Json.object().put("conversation", UUID.randomUUID().toString());
      assertThat(client.reply("conversation.get", foreign).get("error"))
          .isEqualTo(client.reply("conversation.get", absent).get("error"));
    }
  }

  @Test
  void S_Z03_the_message_of_somebody_else_cannot_be_edited_and_a_late_edit_is_refused() {
    try (TestServer strict = TestServer.start("EDIT_WINDOW", "0s", "RECALL_WINDOW", "0s")) {
      TestUser wei = strict.user("伟");
      TestUser na = strict.user("娜");
      UUID group = strict.group(wei, na);
      try (TestClient author = strict.client(wei);
          TestClient other = strict.client(na)) {
        String edit =
            "{'conversation':'%s','seq':%d,'text':'x'}".formatted(group, author.say(group, "mine"));
        assertThat(other.refusal("message.edit", edit)).isEqualTo("forbidden");
        assertThat(author.refusal("message.edit", edit)).isEqualTo("window_passed");
      }
    }
  }

  @Test
  void S_Z12_who_was_removed_gets_events_up_to_the_removal_only() {
    TestUser leaving = server.user("离");
    UUID club = server.group(owner, leaving);
    long removal;
    long later;
    try (TestClient client = server.client(owner);
        TestClient watching = server.client(leaving)) {
      client.say(club, "for both");
      removal =
          client
              .ask(
                  "member.remove",
                  "{'conversation':'%s','user':'%s'}".formatted(club, leaving.id()))
              .get("seq")
              .longValue();
      watching.event(club, removal);
      later = client.say(club, "not for who left");
      client.event(club, later);
      assertThat(watching.ask("profile.get", "{}")).isNotNull();
      assertThat(watching.seqs(club)).doesNotContain(later).endsWith(removal);
    }
    try (TestClient back = TestClient.connect(server)) {
      UUID epoch = UUID.fromString(server.sql("select epoch from installation"));
      back.resume(leaving, epoch, Map.of(club, 1L));
      List<Long> seqs = new ArrayList<>();
      JsonNode page = back.ask("stream.events", "{'stream':'%s','after':0}".formatted(club));
      page.get("events").forEach(event -> seqs.add(event.get("seq").longValue()));
      assertThat(seqs).endsWith(removal).doesNotContain(later);
      assertThat(page.get("head").longValue()).isEqualTo(removal);
      assertThat(back.welcome().get("streams").findValuesAsText("stream"))
          .doesNotContain(club.toString());
      assertThat(back.refusal("message.history", "{'conversation':'%s'}".formatted(club)))
          .isEqualTo("not_found");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'role':'super_admin'}
          {'roles':['super_admin']}
          {'department':'董事会'}
          {'disabled':false}
          {'id':'00000000-0000-0000-0000-000000000001'}
          {'createdAt':0}
          {'username':'root2'}
          {'displayName':'x','role':'super_admin','departmentId':9,'createdAt':0}
          """)
  void S_Z15_a_profile_takes_no_fields_that_are_not_its_own(String body) {
    JsonNode before = server.http().get(stranger, "/me").ok();
    var answer = server.http().send("PATCH", "/me", stranger.token(), body.replace('\'', '"'));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("unknown_field");
    assertThat(server.http().get(stranger, "/me").ok()).isEqualTo(before);
  }

  @Test
  void S_Z15_only_a_super_admin_changes_roles_and_makes_users_and_apps() {
    String user = "/users/" + stranger.id();
    var http = server.http();
    assertThat(http.send("PATCH", user, stranger.token(), "{\"role\":\"super_admin\"}").code())
        .isEqualTo("forbidden");
    assertThat(
            http.post(stranger, "/users", "{'username':'evil','displayName':'E','role':'employee'}")
                .code())
        .isIn("forbidden");
    assertThat(http.post(stranger, "/apps", "{'name':'evil'}").code()).isEqualTo("forbidden");
    assertThat(http.get(stranger, "/apps").code()).isEqualTo("forbidden");
    assertThat(http.send("POST", user + "/links", stranger.token(), null).code())
        .isEqualTo("forbidden");
  }

  @Test
  void S_Z17_lists_hold_no_secrets() {
    server.http().post(server.admin(), "/apps", "{'name':'z17'}").ok();
    String all =
        server.http().get(server.admin(), "/apps").ok().toString()
            + server.http().get(stranger, "/users?limit=200").ok()
            + server.http().get(stranger, "/sessions").ok()
            + server.http().get(stranger, "/conversations").ok();
    assertThat(all)
        .doesNotContain("argon2", "hash", "refreshToken", "accessToken", "\"key\":", "secret");
  }
}
