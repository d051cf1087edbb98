package io.magpie.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Deadline;
import io.magpie.testkit.SelfSigned;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same with Debian's Redis 7, which has channels by slot and speaks TLS. */
class RedisSevenPeerIT extends RedisShapes {
  @Override
  Path executable() {
    return Path.of("/usr/bin/redis-server");
  }

  @Override
  boolean sharded() {
    return true;
  }

  @Test
  void in_a_cluster_a_message_goes_to_the_server_of_its_slot_alone() {
    List<Integer> ports = processes().cluster();
    RedisSettings settings =
        new RedisSettings(
            RedisSettings.Shape.CLUSTER,
            List.of(RedisProcesses.uri(ports.get(1))),
            "",
            Optional.empty());
    String channel = "magpie:t:s:sharded";
    try (Ear one = new Ear(vertx(), settings).subscribed(Ear.EVERYBODY)) {
      Deadline.await("alone", () -> one.pubSub().alone());
      try (Ear two = new Ear(vertx(), settings).subscribed(channel)) {
        one.reaches(two, channel);
        long subscribed =
            ports.stream()
                .filter(
                    port ->
                        processes()
                            .ask(port, "PUBSUB", "SHARDNUMSUB", channel)
                            .equals(channel + " 1"))
                .count();
        assertThat(subscribed).isEqualTo(1);
        Deadline.await("company", () -> !one.pubSub().alone());
      }
    }
  }

  @Test
  void tls_is_spoken_with_whoever_the_authority_vouches_for(@TempDir Path directory) {
    SelfSigned certificate = SelfSigned.in(directory, "localhost");
    SelfSigned stranger = SelfSigned.in(directory, "other.example");
    int plain = processes().server();
    int tls = plain + 1;
    processes().awaitAnswer(plain, "PONG", "PING");
    processes().ask(plain, "CONFIG", "SET", "tls-cert-file", certificate.certificate() + "");
    processes().ask(plain, "CONFIG", "SET", "tls-key-file", certificate.key() + "");
    processes().ask(plain, "CONFIG", "SET", "tls-ca-cert-file", certificate.certificate() + "");
    processes().ask(plain, "CONFIG", "SET", "tls-auth-clients", "no");
    assertThat(processes().ask(plain, "CONFIG", "SET", "tls-port", tls + "")).isEqualTo("OK");
    String uri =
        RedisProcesses.uri(tls).replace("redis://", "rediss://").replace("127.0.0.1", "localhost");
    try (Ear one = new Ear(vertx(), secured(uri, certificate)).subscribed("magpie:t:a");
        Ear two = new Ear(vertx(), secured(uri, stranger))) {
      one.reaches(one, "magpie:t:a");
      assertThat(two.pubSub().live()).isFalse();
    }
  }

  private static RedisSettings secured(String uri, SelfSigned trusted) {
    return new RedisSettings(
        RedisSettings.Shape.STANDALONE, List.of(uri), "", Optional.of(trusted.certificate()));
  }
}
