package io.magpie.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.testkit.ChatForTests;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Random requests of a few people in one group; those that are refused are part of it. */
final class RandomActs {
  private static final List<String> EMOJI = List.of("👍", "ok");
  private static final int RECENT = 8;

  private final ChatForTests chat;
  private final Random random;
  private final UUID group;
  private final UUID me;
  private final List<UUID> people;
  private final List<Sent> sent = new ArrayList<>();

  RandomActs(ChatForTests chat, Random random, UUID group, UUID me, List<UUID> others) {
    this.chat = chat;
    this.random = random;
    this.group = group;
    this.me = me;
    this.people = new ArrayList<>(others);
    this.people.add(me);
    send(me);
  }

  private record Sent(UUID sender, long seq) {}

  /** One of everything that can be done, by anybody. */
  void act() {
    UUID who = people.get(random.nextInt(people.size()));
    UUID whom = people.get(random.nextInt(people.size() - 1));
    Sent message = recent();
    String seq = ",'seq':" + message.seq();
    switch (random.nextInt(24)) {
      case 0, 1 ->
          ask(message.sender(), "message.edit", seq + ",'text':'" + word("e") + "'" + mentions());
      case 2 -> ask(message.sender(), "message.recall", seq);
      case 3, 4, 5 -> ask(who, "message.react", seq + emoji());
      case 6, 7, 8 -> ask(who, "message.unreact", seq + emoji());
      case 9 -> ask(me, "message.pin", seq);
      case 10 -> ask(me, "message.unpin", seq);
      case 11 -> ask(me, "conversation.update", ",'name':'" + word("n") + "'");
      case 12 -> ask(me, "member.add", ",'users':['" + whom + "']");
      case 13 -> ask(me, "member.remove", ",'user':'" + whom + "'");
      case 14 -> ask(me, "member.update", ",'user':'" + whom + "','role':'" + role() + "'");
      case 15 -> ask(me, "conversation.settings", ",'muted':" + random.nextBoolean());
      case 16 -> ask(me, "draft.set", ",'text':'" + (random.nextBoolean() ? word("d") : "") + "'");
      case 17 -> read(message.seq());
      case 18 -> ask(me, "conversation.update", ",'announcement':'" + word("a") + "'");
      default -> send(who);
    }
  }

  private void send(UUID who) {
    String more =
        switch (sent.isEmpty() ? 9 : random.nextInt(5)) {
          case 0 -> ",'thread':" + recent().seq();
          case 1 -> ",'replyTo':" + recent().seq();
          default -> mentions();
        };
    Future<Object> answer =
        ask(
            who,
            "message.send",
            ",'clientId':'%s','body':{'type':'text','text':'%s'}%s"
                .formatted(UUID.randomUUID(), word("m"), more));
    if (answer.succeeded()) {
      JsonNode result = ChatForTests.shown("message.send", answer.result());
      sent.add(new Sent(who, result.get("seq").longValue()));
    }
  }

  private void read(long seq) {
    ChatForTests.outcome(
        chat.start(
            me,
            "position.update",
            "{'positions':[{'conversation':'%s','read':%d}]}".formatted(group, seq)));
  }

  private Future<Object> ask(UUID who, String op, String more) {
    Future<Object> answer = chat.start(who, op, "{'conversation':'" + group + "'" + more + "}");
    ChatForTests.outcome(answer);
    return answer;
  }

  private Sent recent() {
    return sent.get(sent.size() - 1 - random.nextInt(Math.min(RECENT, sent.size())));
  }

  private String word(String prefix) {
    return prefix + random.nextInt(30);
  }

  private String emoji() {
    return ",'emoji':'" + EMOJI.get(random.nextInt(EMOJI.size())) + "'";
  }

  private String mentions() {
    return random.nextInt(3) == 0 ? ",'mentions':{'users':['" + me + "']}" : "";
  }

  private String role() {
    return random.nextBoolean() ? "admin" : "member";
  }
}
