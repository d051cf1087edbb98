package io.magpie.app.rehearsal;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the clients do: turns in which one of them or a few send a message and everybody waits for
 * it, so that deliveries go out one by one as well as several together. Now and then somebody
 * types, has read, or has got something.
 */
final class Play implements Closeable {
  /** Enough for the compiler; more is only waited for on a slow machine. */
  static final int MESSAGES = 2_500;

  /** A turn with several senders comes as often as this. */
  private static final int TOGETHER_EVERY = 8;

  private static final int TOGETHER = 6;

  private static final String WORDS =
      "A rehearsal is over when everybody knows their part by heart; nobody will ever read this. ";

  private static final String CHARACTERS = "排练结束，大家都记住了自己的台词；没有人会看到这句话。";

  private final UUID conversation;
  private final Limit limit;
  private final List<Player> players = new ArrayList<>();
  private int sent;

  Play(UUID conversation, Limit limit) {
    this.conversation = conversation;
    this.limit = limit;
  }

  /** Lets everybody in. */
  void enter(int port, Cast cast) throws IOException {
    for (Cast.Member member : cast.members()) {
      Player player = Player.at(port, limit);
      players.add(player);
      player.hello(member.token());
    }
  }

  /** Until there were enough messages. */
  void perform() throws IOException {
    for (int turn = 0; sent < MESSAGES && !limit.over(); turn++) {
      int senders = turn % TOGETHER_EVERY == 0 ? TOGETHER : 1;
      for (int i = 0; i < senders; i++) {
        say(player(turn + i));
      }
      aside(turn);
      for (Player player : players) {
        player.await(sent);
      }
    }
  }

  /** Messages that everybody has got. */
  int sent() {
    return sent;
  }

  private Player player(int number) {
    return players.get(number % players.size());
  }

  private void say(Player sender) throws IOException {
    String text = sent % 4 == 0 ? CHARACTERS + CHARACTERS : WORDS + WORDS;
    sender.ask(
        "message.send",
        "{\"conversation\":\"%s\",\"clientId\":\"%s\",\"body\":{\"type\":\"text\",\"text\":\"%s\"}}"
            .formatted(conversation, UUID.randomUUID(), text));
    sent++;
  }

  private void aside(int turn) throws IOException {
    Player player = player(turn * 7 + 3);
    switch (turn % 6) {
      case 0 -> player.ask("typing.start", "{\"conversation\":\"%s\"}".formatted(conversation));
      case 2 -> position(player, "delivered");
      case 4 -> position(player, "read");
      default -> {}
    }
  }

  private void position(Player player, String what) throws IOException {
    player.ask(
        "position.update",
        "{\"positions\":[{\"conversation\":\"%s\",\"%s\":%d}]}"
            .formatted(conversation, what, sent));
  }

  @Override
  public void close() throws IOException {
    for (Player player : players) {
      player.close();
    }
  }
}
