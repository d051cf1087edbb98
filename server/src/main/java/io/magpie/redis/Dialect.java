package io.magpie.redis;

import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words of publish/subscribe: for all servers together, or slot by slot. */
enum Dialect {
  COMMON(Command.SUBSCRIBE, Command.UNSUBSCRIBE, Command.PUBLISH, "", "NUMSUB"),
  SHARDED(Command.SSUBSCRIBE, Command.SUNSUBSCRIBE, Command.SPUBLISH, "s", "SHARDNUMSUB");

  private final Command subscribe;
  private final Command unsubscribe;
  private final Command publish;
  private final String prefix;
  private final String count;

  Dialect(Command subscribe, Command unsubscribe, Command publish, String prefix, String count) {
    this.subscribe = subscribe;
    this.unsubscribe = unsubscribe;
    this.publish = publish;
    this.prefix = prefix;
    this.count = count;
  }

  Command subscribe() {
    return subscribe;
  }

  Command unsubscribe() {
    return unsubscribe;
  }

  Command publish() {
    return publish;
  }

  String message() {
    return prefix + "message";
  }

  String subscribed() {
    return prefix + "subscribe";
  }

  String unsubscribed() {
    return prefix + "unsubscribe";
  }

  /** Which part of PUBSUB counts subscribers. */
  String count() {
    return count;
  }

  /** Channels that one command may name: any, or only those of one slot. */
  List<List<String>> together(Collection<String> channels, int most) {
    Map<Integer, List<List<String>>> groups = new LinkedHashMap<>();
    for (String channel : channels) {
      List<List<String>> chunks =
          groups.computeIfAbsent(
              this == SHARDED ? Slots.of(channel) : 0, slot -> new ArrayList<>());
      if (chunks.isEmpty() || chunks.get(chunks.size() - 1).size() == most) {
        chunks.add(new ArrayList<>());
      }
      chunks.get(chunks.size() - 1).add(channel);
    }
    return groups.values().stream().flatMap(List::stream).toList();
  }
}
