package io.magpie.load.people;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.load.Refusal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Makes {@code load-0001}, {@code load-0002}, … with a password of this run, as a super admin
 * would: a user, a link, the link redeemed. Those of an earlier run get a new password. Each costs
 * the server a password hash (tens of milliseconds).
 */
record PeopleMaker(Api api, String adminToken) implements Roll {
  @Override
  public List<Entry> entries(int count) {
    String password = "load-" + UUID.randomUUID();
    List<String> names = IntStream.rangeClosed(1, count).mapToObj("load-%04d"::formatted).toList();
    try {
      return Parallel.map(names, name -> entry(name, password));
    } catch (Problem e) {
      throw new Refusal("People cannot be made: " + e.getMessage());
    }
  }

  private Entry entry(String name, String password) {
    api.post("/links/redeem", "", Map.of("token", link(name), "password", password));
    return new Entry(name, password);
  }

  private String link(String name) {
    try {
      JsonNode made =
          api.post("/users", adminToken, Map.of("username", name, "displayName", "Load " + name));
      return made.path("link").path("token").asText();
    } catch (Problem e) {
      if (!e.code().equals("username_taken")) {
        throw e;
      }
      String id = UserIds.find(api, adminToken, name);
      return api.post("/users/" + id + "/links", adminToken).path("token").asText();
    }
  }
}
