package io.magpie.load.people;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.load.Plan;
import io.magpie.load.Refusal;

/** What the server takes, as {@code GET /api/v1/server} tells it; held against the plan. */
public record ServerLimits(int groupMembers, int messageBytes, int framesPerSecond) {
  /** Asks the server. */
  public static ServerLimits of(Api api) {
    JsonNode info;
    try {
      info = api.get("/server", "");
    } catch (Problem e) {
      throw new Refusal("This is no Magpie server: " + e.getMessage());
    }
    JsonNode limits = info.path("limits");
    if (!limits.isObject()) {
      throw new Refusal("This is no Magpie server: it does not tell its limits.");
    }
    return new ServerLimits(
        limits.path("groupMembers").asInt(),
        limits.path("messageBytes").asInt(),
        limits.path("framesPerSecond").asInt());
  }

  /** A plan beyond the limits would measure refusals. */
  public void check(Plan plan) {
    int size = plan.crowd().groupSize();
    if (size > groupMembers) {
      throw new Refusal(
          ("A group of %d is over this server's limit of %d members. Start the server with"
                  + " MAGPIE_GROUP_MEMBERS=%d, or ask for less with -DgroupSize.")
              .formatted(size, groupMembers, size));
    }
    if (plan.bytes() > messageBytes) {
      throw new Refusal(
          "-Dbody=%d is over this server's limit of %d bytes (MAGPIE_MESSAGE_BYTES)."
              .formatted(plan.bytes(), messageBytes));
    }
    double each = plan.rate() / plan.crowd().users();
    if (each > framesPerSecond / 3.0) {
      throw new Refusal(
          ("%.1f messages/s of each user are too many for this server's limit of %d frames/s of a"
                  + " connection; a message is up to three frames. Take more users, a lower -Drate,"
                  + " or set MAGPIE_FRAMES_PER_SECOND.")
              .formatted(each, framesPerSecond));
    }
  }
}
