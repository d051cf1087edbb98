package io.magpie.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The files of cluster-config/proxy, in the proxies that they are for. */
class ProxiesPeerIT {
  @Test
  void haproxy_takes_its_file_and_brings_people_to_the_node_that_is_there() throws Exception {
    assertThat(DebianProxy.checkHaproxy()).contains("Configuration file is valid");
    try (TestServer server = TestServer.start("TRUSTED_PROXIES", "127.0.0.1/32");
        DebianProxy proxy = DebianProxy.haproxy(server)) {
      assertServesThrough(proxy, server);
    }
  }

  @Test
  void nginx_takes_its_file_and_brings_people_to_the_node_that_is_there() throws Exception {
    assertThat(DebianProxy.checkNginx()).contains("test is successful");
    try (TestServer server = TestServer.start("TRUSTED_PROXIES", "127.0.0.1/32");
        DebianProxy proxy = DebianProxy.nginx(server)) {
      assertServesThrough(proxy, server);
    }
  }

  private static void assertServesThrough(DebianProxy proxy, TestServer server) throws Exception {
    TestUser one = server.user("one");
    TestUser two = server.user("two");
    UUID group = server.group(one, two);
    try (TestClient sender = TestClient.over(RawSocket.upgraded(proxy.port())).hello(one);
        TestClient reader = TestClient.over(RawSocket.upgraded(proxy.port())).hello(two)) {
      for (int i = 0; i < 20; i++) {
        long seq = sender.say(group, "你好 " + i);
        assertThat(reader.event(group, seq).at("/data/body/text").textValue()).isEqualTo("你好 " + i);
      }
    }
    assertNobodyInventsAnAddress(proxy, server);
  }

  /** The proxies are trusted, so they must not pass on what a client says about its address. */
  private static void assertNobodyInventsAnAddress(DebianProxy proxy, TestServer server)
      throws Exception {
    server.member("wei");
    HttpRequest login =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + "/api/v1/sessions"))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", "203.0.113.9")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"username\":\"wei\",\"password\":\"" + TestServer.PASSWORD + "\"}"))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(login, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(server.sql("select address from session order by created_at desc limit 1"))
        .isEqualTo("127.0.0.1");
  }
}
