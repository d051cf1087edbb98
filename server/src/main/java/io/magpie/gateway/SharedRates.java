package io.magpie.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.fanout.Broadcast;
import io.magpie.protocol.Json;
import java.util.Map;
import java.util.UUID;

/**
 * Tells the other nodes once a second who has asked much of this one, so that a user who spreads a
 * flood over the nodes gets little more than at one (S-D14). No request waits for it: a flood gains
 * a second on each node until it is told, and whoever stays below an eighth of the rate on a node
 * is not counted on the others. Without Redis each node limits for itself.
 */
final class SharedRates {
  static final long EVERY_MS = 1_000;
  private static final String TOPIC = "rates.taken";

  /** Users of one message, which stays below 64 KiB. */
  private static final int USERS = 1_000;

  private final UserRates rates;
  private final Broadcast broadcast;

  SharedRates(UserRates rates, Broadcast broadcast) {
    this.rates = rates;
    this.broadcast = broadcast;
    broadcast.listen(TOPIC, this::heard);
  }

  void tell() {
    Map<UUID, Integer> heavy = rates.takeHeavy();
    if (!heavy.isEmpty()) {
      ObjectNode told = Json.object();
      heavy.entrySet().stream()
          .limit(USERS)
          .forEach(each -> told.put(each.getKey().toString(), each.getValue()));
      broadcast.send(TOPIC, told.toString());
    }
  }

  private void heard(String json) {
    JsonNode told = Json.readObject(json);
    told.properties()
        .forEach(
            each ->
                rates.takenElsewhere(UUID.fromString(each.getKey()), each.getValue().intValue()));
  }
}
