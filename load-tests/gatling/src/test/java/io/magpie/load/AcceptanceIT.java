package io.magpie.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.magpie.load.protocol.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A hundred people at once, answers within three seconds, no failure (requirement A29), against the
 * built jar on a fresh database: eight seconds of it, or with {@code -Dacceptance=full} five
 * minutes, for which people log in with passwords. The short one takes tokens by an app key: a
 * hundred password hashes to make and a hundred to check are most of a minute on a slow machine.
 */
class AcceptanceIT {
  private static ServerProcess server;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.start(Path.of(System.getProperty("magpie.jar")));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void a_hundred_people_chat_at_once() throws Exception {
    boolean full = System.getProperty("acceptance").equals("full");
    GatlingProcess.Result result =
        run(
            full
                ? List.of("scenario=acceptance", "login=password", "ramp=30s")
                : List.of("scenario=acceptance", "ramp=10s", "duration=8s", "rate=10"));
    assertEquals(0, result.exit(), result.output());
    assertTrue(result.output().contains(Names.DELIVERED), result.output());
  }

  @Test
  void a_wrong_password_ends_the_run_before_it_begins() throws Exception {
    GatlingProcess.Result result =
        GatlingProcess.run("baseUrl=" + server.url(), "adminPassword=wrong");
    assertEquals(1, result.exit(), result.output());
    assertTrue(result.output().contains("wrong_credentials"), result.output());
  }

  @Test
  void a_group_over_the_limit_ends_the_run_before_it_begins() throws Exception {
    GatlingProcess.Result result = run(List.of("scenario=fan-out-5000"));
    assertEquals(1, result.exit(), result.output());
    assertTrue(result.output().contains("MAGPIE_GROUP_MEMBERS=5000"), result.output());
  }

  private static GatlingProcess.Result run(List<String> more) throws Exception {
    List<String> properties = new ArrayList<>(more);
    properties.add("baseUrl=" + server.url());
    properties.add("adminPassword=" + ServerProcess.PASSWORD);
    return GatlingProcess.run(properties.toArray(String[]::new));
  }
}
