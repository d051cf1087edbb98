package io.magpie.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;

/**
 * Somebody who uses the server while something bad is done to it, and must not notice: their socket
 * stays, messages come, both edges answer within a second, and nothing of the attack stays in the
 * server's books.
 */
public final class Bystander implements AutoCloseable {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TestServer server;
  private final TestUser user;
  private final TestClient client;
  private final UUID conversation;
  private final double connections;

  public Bystander(TestServer server) {
    this.server = server;
    this.user = server.user("路人");
    this.client = server.client(user);
    this.conversation = server.group(user, server.user("同事"));
    this.connections = server.metric("magpie_connections");
  }

  /** Fails unless all is as it was before. */
  public void assertUndisturbed() {
    long begun = System.nanoTime();
    long seq = client.say(conversation, "still here");
    client.event(conversation, seq);
    assertThat(server.http().get(user, "/me").status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SECOND.multipliedBy(2));
    Deadline.await(
        "connections are back to " + connections,
        Duration.ofSeconds(10),
        () -> server.metric("magpie_connections") == connections);
    Deadline.await(
        "no place of the admission is held",
        Duration.ofSeconds(10),
        () -> server.metric("magpie_connections_unauthenticated") == 0);
    Deadline.await(
        "no bytes wait", Duration.ofSeconds(5), () -> server.metric("magpie_outbound_bytes") == 0);
  }

  public TestUser user() {
    return user;
  }

  public UUID conversation() {
    return conversation;
  }

  public TestClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }
}
