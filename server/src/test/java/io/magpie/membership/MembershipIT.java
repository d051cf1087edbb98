package io.magpie.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.fanout.ReaderChange;
import io.magpie.message.MessageLimits;
import io.magpie.stream.Event;
import io.magpie.stream.EventPage;
import io.magpie.testkit.ChatForTests;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembershipIT {
  private static final int CAP = 8;

  private static ChatForTests chat;
  private static UUID owner;
  private static UUID admin;
  private static UUID member;
  private static UUID peer;
  private static UUID stranger;

  @BeforeAll
  static void open() {
    chat = new ChatForTests("membership", new MembershipLimits(CAP), MessageLimits.DEFAULT);
    owner = chat.person("张伟");
    admin = chat.person("李娜");
    member = chat.person("王芳");
    peer = chat.person("陈杰");
    stranger = chat.person("陌生人");
  }

  @AfterAll
  static void close() {
    chat.close();
  }

  private static UUID group() {
    UUID group = chat.group(owner, admin, member, peer);
    role(owner, group, admin, "admin");
    return group;
  }

  /** Every right of every role, and of who is not in. */
  @ParameterizedTest
  @CsvSource({
    // who, rename, invite, remove a member, remove an admin, remove the owner, give a role
    "owner,    done,      done,      done,      done,      done,      done",
    "admin,    done,      done,      done,      forbidden, forbidden, forbidden",
    "member,   forbidden, forbidden, forbidden, forbidden, forbidden, forbidden",
    "stranger, not_found, not_found, not_found, not_found, not_found, not_found"
  })
  void roles_decide(
      String who,
      String rename,
      String invite,
      String removeMember,
      String removeAdmin,
      String removeOwner,
      String give) {
    UUID user = named(who);
    UUID group = group();
    UUID second = chat.person("另一位");
    chat.ask(owner, "member.add", users(group, second));
    role(owner, group, second, "admin");
    UUID guest = chat.person("新人");
    assertThat(
            chat.outcome(
                user, "conversation.update", "{'conversation':'%s','name':'n'}".formatted(group)))
        .isEqualTo(rename);
    assertThat(chat.outcome(user, "member.add", users(group, guest))).isEqualTo(invite);
    assertThat(
            chat.outcome(
                user,
                "member.update",
                "{'conversation':'%s','user':'%s','role':'admin'}".formatted(group, peer)))
        .isEqualTo(give);
    if (give.equals("done")) {
      role(owner, group, peer, "member");
    }
    assertThat(chat.outcome(user, "member.remove", user(group, peer))).isEqualTo(removeMember);
    assertThat(chat.outcome(user, "member.remove", user(group, second))).isEqualTo(removeAdmin);
    if (!who.equals("owner")) {
      assertThat(chat.outcome(user, "member.remove", user(group, owner))).isEqualTo(removeOwner);
    }
  }

  @Test
  void a_direct_conversation_has_no_membership_to_change() {
    UUID direct = chat.direct(owner, member);
    String conversation = "{'conversation':'" + direct + "'}";
    assertThat(chat.outcome(owner, "conversation.leave", conversation)).isEqualTo("forbidden");
    assertThat(chat.outcome(owner, "member.add", users(direct, peer))).isEqualTo("forbidden");
    assertThat(chat.outcome(owner, "member.remove", user(direct, member))).isEqualTo("forbidden");
    assertThat(chat.outcome(owner, "member.remove", user(direct, owner))).isEqualTo("forbidden");
    assertThat(
            chat.outcome(
                owner,
                "member.update",
                "{'conversation':'%s','user':'%s','role':'owner'}".formatted(direct, member)))
        .isEqualTo("forbidden");
    assertThat(chat.events(owner, direct, 1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "member.add | {'conversation':'G','users':[]} | invalid_field",
        "member.add | {'conversation':'G','users':['X']} | not_found",
        "member.add | {'conversation':'G','users':['G']} | not_found",
        "member.add | {'conversation':'G','users':'P'} | invalid_field",
        "member.add | {'conversation':'G','users':['P','P']} | invalid_field",
        "member.add | {'conversation':'G','users':['P'],'role':'owner'} | unknown_field",
        "member.remove | {'conversation':'G'} | missing_field",
        "member.remove | {'conversation':'G','user':'X'} | not_found",
        "member.update | {'conversation':'G','user':'X','role':'admin'} | not_found",
        "member.update | {'conversation':'G','user':'P','role':'king'} | invalid_field",
        "member.update | {'conversation':'G','user':'P'} | missing_field",
        "member.list | {'conversation':'G','limit':'5'} | invalid_field",
        "member.list | {'conversation':'G','cursor':'Zm9v'} | invalid_field",
        "conversation.leave | {'conversation':'G','user':'P'} | unknown_field",
      })
  void refuses(String op, String params, String code) {
    UUID group = group();
    long head = chat.events(owner, group, 0).size();
    String asked =
        params
            .replace("'G'", "'" + group + "'")
            .replace("'X'", "'" + UUID.randomUUID() + "'")
            .replace("'P'", "'" + peer + "'");
    assertThat(chat.outcome(owner, op, asked)).isEqualTo(code);
    assertThat(chat.events(owner, group, head)).isEmpty();
  }

  @Test
  void who_is_in_already_is_not_added_again() {
    UUID group = group();
    UUID guest = chat.person("新人");
    long head = chat.events(owner, group, 0).size();
    chat.ask(owner, "member.add", users(group, peer, guest));
    List<Event> added = chat.events(owner, group, head);
    assertThat(added).hasSize(1);
    assertThat(added.get(0).data()).contains(guest.toString()).doesNotContain(peer.toString());
    assertThat(chat.ask(owner, "member.add", users(group, guest)).get("seq").longValue())
        .isEqualTo(head + 1);
  }

  @Test
  void a_removed_member_reads_up_to_the_removal_and_never_more() {
    UUID group = group();
    chat.send(owner, group, "before");
    long removal = chat.ask(owner, "member.remove", user(group, member)).get("seq").longValue();
    chat.send(owner, group, "after");
    EventPage page = ChatForTests.await(chat.reader.events(member, group, 0, 100));
    assertThat(page.head()).isEqualTo(removal);
    assertThat(last(page.events()).kind()).isEqualTo("member.removed");
    assertThat(chat.readerRule.of(last(page.events()))).contains(new ReaderChange.Closed(member));
    assertThat(last(chat.events(member, member, 0)).data()).contains("\"upTo\":" + removal);
    for (String op : List.of("conversation.get", "message.history", "member.list", "pin.list")) {
      assertThat(chat.outcome(member, op, "{'conversation':'" + group + "'}"))
          .isEqualTo("not_found");
    }
    assertThat(
            chat.outcome(
                member,
                "message.send",
                "{'conversation':'%s','clientId':'%s','body':{'type':'text','text':'x'}}"
                    .formatted(group, UUID.randomUUID())))
        .isEqualTo("not_found");
  }

  @Test
  void who_comes_back_sees_both_times_and_nothing_between() {
    UUID group = group();
    long first = chat.send(owner, group, "first");
    chat.ask(owner, "member.remove", user(group, member));
    long between = chat.send(owner, group, "between");
    long back = chat.ask(owner, "member.add", users(group, member)).get("seq").longValue();
    long second = chat.send(owner, group, "second");
    Event told = last(chat.events(member, member, 0));
    assertThat(chat.readerRule.of(told)).contains(new ReaderChange.Opened(member, group, back));
    JsonNode history = chat.ask(member, "message.history", "{'conversation':'" + group + "'}");
    assertThat(history.get("items").findValues("seq"))
        .extracting(JsonNode::longValue)
        .containsExactly(first, second);
    assertThat(chat.events(member, group, 0)).extracting(Event::seq).doesNotContain(between);
    JsonNode own = chat.ask(member, "conversation.get", "{'conversation':'" + group + "'}");
    assertThat(own.at("/me/unread").intValue()).isEqualTo(1);
    assertThat(own.at("/me/from").longValue()).isEqualTo(back);
    String missed = "{'conversation':'%s','seq':%d}".formatted(group, between);
    assertThat(chat.outcome(member, "message.get", missed)).isEqualTo("not_found");
    assertThat(
            chat.outcome(
                member,
                "message.send",
                "{'conversation':'%s','clientId':'%s','body':{'type':'text','text':'x'},'replyTo':%d}"
                    .formatted(group, UUID.randomUUID(), between)))
        .isEqualTo("not_found");
  }

  @Test
  void the_owner_leaves_only_after_handing_over_or_as_the_last() {
    UUID group = chat.group(owner, member);
    String conversation = "{'conversation':'" + group + "'}";
    assertThat(chat.outcome(owner, "conversation.leave", conversation)).isEqualTo("conflict");
    assertThat(
            chat.outcome(
                owner,
                "member.update",
                "{'conversation':'%s','user':'%s','role':'member'}".formatted(group, owner)))
        .isEqualTo("conflict");
    role(owner, group, member, "owner");
    assertThat(chat.events(owner, group, 1))
        .extracting(Event::kind)
        .containsExactly("member.updated", "member.updated");
    assertThat(roleOf(owner, group)).isEqualTo("admin");
    assertThat(chat.outcome(owner, "conversation.leave", conversation)).isEqualTo("done");
    assertThat(chat.outcome(member, "conversation.leave", conversation)).isEqualTo("done");
    assertThat(chat.sql("select members from conversation where id = '" + group + "'"))
        .isEqualTo("0");
  }

  @Test
  void concurrent_hand_overs_leave_exactly_one_owner() {
    for (int round = 0; round < 5; round++) {
      UUID group = group();
      List<Future<Object>> started = new ArrayList<>();
      for (UUID to : List.of(admin, member, peer)) {
        started.add(
            chat.start(
                owner,
                "member.update",
                "{'conversation':'%s','user':'%s','role':'owner'}".formatted(group, to)));
        started.add(chat.start(to, "conversation.leave", "{'conversation':'" + group + "'}"));
      }
      started.forEach(ChatForTests::outcome);
      assertThat(
              chat.sql(
                  "select count(*) from stream_reader where role = 3 and to_seq is null and"
                      + " stream_id = '"
                      + group
                      + "'"))
          .isEqualTo("1");
      assertThat(
              chat.sql(
                  "select members = (select count(*) from stream_reader where to_seq is null and"
                      + " stream_id = c.id) from conversation c where id = '"
                      + group
                      + "'"))
          .isEqualTo("t");
    }
  }

  @Test
  void the_cap_holds_against_concurrent_invitations() {
    UUID group = chat.group(owner, admin);
    role(owner, group, admin, "admin");
    List<Future<Object>> started = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      started.add(
          chat.start(i % 2 == 0 ? owner : admin, "member.add", users(group, chat.person("g" + i))));
    }
    List<String> outcomes = started.stream().map(ChatForTests::outcome).toList();
    assertThat(outcomes.stream().filter("done"::equals)).hasSize(CAP - 2);
    assertThat(outcomes).containsOnly("done", "group_full");
    assertThat(chat.ask(owner, "member.list", "{'conversation':'" + group + "'}").get("items"))
        .hasSize(CAP);
  }

  @Test
  void members_are_listed_by_role_then_name_page_by_page() {
    UUID an = chat.person("安妮");
    UUID zhao = chat.person("赵云");
    UUID bob = chat.person("Bob");
    UUID group = chat.group(member, zhao, bob, an, peer);
    role(member, group, peer, "admin");
    List<String> names = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          chat.ask(
              zhao, "member.list", "{'conversation':'%s','limit':2%s}".formatted(group, cursor));
      page.get("items").forEach(item -> names.add(item.at("/user/displayName").textValue()));
      cursor = page.has("next") ? ",'cursor':'" + page.get("next").textValue() + "'" : "";
    } while (!cursor.isEmpty());
    assertThat(names).containsExactly("王芳", "陈杰", "Bob", "安妮", "赵云");
  }

  private static String roleOf(UUID user, UUID group) {
    return chat.ask(user, "conversation.get", "{'conversation':'" + group + "'}")
        .at("/me/role")
        .textValue();
  }

  private static void role(UUID actor, UUID group, UUID user, String role) {
    chat.ask(
        actor,
        "member.update",
        "{'conversation':'%s','user':'%s','role':'%s'}".formatted(group, user, role));
  }

  private static String users(UUID group, UUID... users) {
    String list = String.join("','", List.of(users).stream().map(UUID::toString).toList());
    return "{'conversation':'%s','users':['%s']}".formatted(group, list);
  }

  private static String user(UUID group, UUID user) {
    return "{'conversation':'%s','user':'%s'}".formatted(group, user);
  }

  private static Event last(List<Event> events) {
    return events.get(events.size() - 1);
  }

  private static UUID named(String who) {
    return switch (who) {
      case "owner" -> owner;
      case "admin" -> admin;
      case "member" -> member;
      default -> stranger;
    };
  }
}
