package io.magpie.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds what one client was sent against the contract, and remembers what does not fit. */
final class FrameContract {
  private final List<String> faults = new ArrayList<>();

  /**
   * A frame.
   *
   * @param op of the request that it answers
   */
  void hold(JsonNode frame, Optional<String> op) {
    String definition = definition(frame);
    note(ContractSchemas.faults("urn:magpie:v1:frame#/$defs/" + definition, frame), frame);
    if (definition.equals("Events")) {
      frame.get("events").forEach(this::event);
    } else if (definition.equals("ReplyOk") && op.isPresent()) {
      String result = ContractSchemas.request(op.get(), "result");
      note(ContractSchemas.faults(result, frame.get("result")), frame);
    }
  }

  private void event(JsonNode event) {
    String kind = event.get("kind").textValue();
    String data = ContractSchemas.eventData(kind);
    note(
        data == null
            ? List.of("a kind that is not in the contract")
            : ContractSchemas.faults(data, event.get("data")),
        event);
  }

  private static String definition(JsonNode frame) {
    return switch (TestClient.type(frame)) {
      case "welcome" -> "Welcome";
      case "streams" -> "Streams";
      case "reply" -> frame.get("ok").booleanValue() ? "ReplyOk" : "ReplyError";
      case "events" -> "Events";
      case "signals" -> "Signals";
      case "heartbeat" -> "ServerHeartbeat";
      case "resync_required" -> "ResyncRequired";
      case "token_expiring" -> "TokenExpiring";
      case "go_away" -> "GoAway";
      case "error" -> "ErrorFrame";
      default -> "ServerFrame";
    };
  }

  private void note(List<String> found, JsonNode what) {
    if (!found.isEmpty()) {
      fault(found.toString(), what);
    }
  }

  synchronized void fault(String text, JsonNode what) {
    faults.add(text + " in " + what);
  }

  /** Fails where anything did not fit. */
  synchronized void check() {
    if (!faults.isEmpty()) {
      throw new AssertionError("against the contract: " + faults);
    }
  }
}
