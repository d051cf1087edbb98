package io.magpie.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.bench.load.Member;
import io.magpie.bench.server.MagpieClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * People of one circle who read the same conversations, one request at a time. Every answer is
 * looked at: a page has to be full, a list has to count what is unread, a client that comes back
 * has to get what it missed.
 */
final class Reading implements AutoCloseable {
  static final int PAGE = 50;
  private static final int CURSORS = 20;
  private static final int MISSED = 5;

  /** Conversations of a page of the list. */
  private final int list;

  private final List<Member> people;
  private final List<MagpieClient> clients = new ArrayList<>();
  private final List<String> conversations;
  private final int messages;
  private final Random random = new Random(7);
  private final String epoch;
  private int turn;

  /**
   * @param messages of each conversation, a page at least; their numbers are 2 and those after it
   */
  Reading(List<Member> people, List<String> conversations, int messages) {
    this.people = people;
    this.conversations = conversations;
    this.messages = messages;
    list = Math.min(PAGE, conversations.size());
    String found = "";
    for (Member member : people) {
      clients.add(MagpieClient.of(member));
      found = clients.get(clients.size() - 1).hello(member, "", object(), 0).get("epoch").asText();
    }
    epoch = found;
  }

  /** Something that is asked over and over again. */
  record Question(String title, Asking asking) {}

  /** Asks once; the time that it took in ns. */
  interface Asking {
    long ask();
  }

  List<Question> questions() {
    return List.of(
        new Question("newest page of history", this::newest),
        new Question("page of history anywhere", this::anywhere),
        new Question("list of conversations", this::list),
        new Question("hello with cursors", this::resume));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private long newest() {
    return page(object().put("conversation", next()).put("limit", PAGE));
  }

  private long anywhere() {
    int before = 2 + PAGE + random.nextInt(messages - PAGE + 1);
    return page(object().put("conversation", next()).put("limit", PAGE).put("before", before));
  }

  private String next() {
    turn++;
    return conversations.get(random.nextInt(conversations.size()));
  }

  private long page(ObjectNode params) {
    return timed("message.history", params, PAGE);
  }

  private long list() {
    turn++;
    return timed("conversation.list", object().put("limit", list), list);
  }

  private long timed(String operation, ObjectNode params, int items) {
    MagpieClient client = clients.get(turn % clients.size());
    long begin = System.nanoTime();
    JsonNode answer = client.ask(operation, params);
    long took = System.nanoTime() - begin;
    require(answer.get("items").size() == items, answer);
    return took;
  }

  private long resume() {
    turn++;
    Member member = people.get(turn % people.size());
    List<String> some = new ArrayList<>(conversations);
    Collections.shuffle(some, random);
    ObjectNode cursors = object();
    some.stream().limit(CURSORS).forEach(stream -> cursors.put(stream, messages + 1 - MISSED));
    try (MagpieClient client = MagpieClient.of(member)) {
      long begin = System.nanoTime();
      JsonNode welcome = client.hello(member, epoch, cursors, MISSED * cursors.size());
      long took = System.nanoTime() - begin;
      require(welcome.get("streams").size() >= conversations.size(), welcome);
      return took;
    }
  }

  private static void require(boolean right, JsonNode answer) {
    if (!right) {
      String text = answer.toString();
      throw new IllegalStateException(
          "Not what was stored: " + text.substring(0, Math.min(500, text.length())));
    }
  }

  @Override
  public void close() {
    clients.forEach(MagpieClient::close);
  }
}
