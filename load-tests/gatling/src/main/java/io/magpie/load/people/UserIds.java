package io.magpie.load.people;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.load.Refusal;

/** Finds people by user name. */
final class UserIds {
  private UserIds() {}

  /** The id of exactly this user name. */
  static String find(Api api, String token, String username) {
    String cursor = "";
    do {
      JsonNode page = api.get("/users?limit=200&query=" + Api.encoded(username) + cursor, token);
      for (JsonNode user : page.path("items")) {
        if (user.path("username").asText().equals(username)) {
          return user.path("id").asText();
        }
      }
      cursor = page.has("next") ? "&cursor=" + Api.encoded(page.path("next").asText()) : "";
    } while (!cursor.isEmpty());
    throw new Refusal("There is no user %s on this server.".formatted(username));
  }
}
