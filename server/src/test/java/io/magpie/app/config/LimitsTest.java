package io.magpie.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LimitsTest {

  @Test
  void the_defaults_are_those_of_the_security_plan() {
    assertThat(Config.load(Map.of(), CommandLine.parse()).limits())
        .isEqualTo(
            new Limits(
                new FrameLimits(65_536, 20, 60, 10),
                new MessageLimits(8_000, 32_768, Duration.ofDays(1), Duration.ofDays(1)),
                new UnauthenticatedLimits(Duration.ofSeconds(10), 1_000, 20, List.of(), 4_000),
                new HelloLimits(200, 200, 8),
                new ConnectionLimits(10, Duration.ofSeconds(25), Duration.ofSeconds(65)),
                new OutboundLimits(
                    1 << 20, 512, Duration.ofSeconds(10), 256L << 20, Duration.ofMillis(20)),
                new LoginLimits(5, 100),
                new ConversationLimits(500, 50)));
  }

  @Test
  void every_limit_has_a_setting_of_its_own() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("MAGPIE_FRAME_BYTES", "128KiB");
    environment.put("MAGPIE_FRAMES_PER_SECOND", "21");
    environment.put("MAGPIE_FRAMES_BURST", "22");
    environment.put("MAGPIE_CONTROL_FRAMES_PER_SECOND", "23");
    environment.put("MAGPIE_MESSAGE_CODE_POINTS", "24");
    environment.put("MAGPIE_MESSAGE_BYTES", "1025");
    environment.put("MAGPIE_RECALL_WINDOW", "2m");
    environment.put("MAGPIE_EDIT_WINDOW", "3m");
    environment.put("MAGPIE_UNAUTHENTICATED_DEADLINE", "4s");
    environment.put("MAGPIE_UNAUTHENTICATED_PER_NODE", "25");
    environment.put("MAGPIE_UNAUTHENTICATED_PER_ADDRESS", "26");
    environment.put("MAGPIE_EXEMPT_NETWORKS", "127.0.0.0/8");
    environment.put("MAGPIE_SOCKETS_PER_USER", "27");
    environment.put("MAGPIE_HEARTBEAT", "5s");
    environment.put("MAGPIE_READ_IDLE", "11s");
    environment.put("MAGPIE_OUTBOUND_BYTES", "2MiB");
    environment.put("MAGPIE_OUTBOUND_MESSAGES", "28");
    environment.put("MAGPIE_OUTBOUND_PATIENCE", "6s");
    environment.put("MAGPIE_OUTBOUND_TOTAL_BYTES", "3GiB");
    environment.put("MAGPIE_OUTBOUND_GATHER", "0s");
    environment.put("MAGPIE_LOGIN_FAILURES_PER_ACCOUNT", "32");
    environment.put("MAGPIE_LOGIN_FAILURES_PER_ADDRESS", "33");
    environment.put("MAGPIE_GROUP_MEMBERS", "34");
    environment.put("MAGPIE_PINS", "35");
    environment.put("MAGPIE_PLAIN_CONNECTIONS", "36");
    environment.put("MAGPIE_HELLOS_PER_SECOND", "37");
    environment.put("MAGPIE_HELLOS_BURST", "38");
    environment.put("MAGPIE_HELLOS_AT_ONCE", "7");

    assertThat(Config.load(environment, CommandLine.parse()).limits())
        .isEqualTo(
            new Limits(
                new FrameLimits(131_072, 21, 22, 23),
                new MessageLimits(24, 1_025, Duration.ofMinutes(2), Duration.ofMinutes(3)),
                new UnauthenticatedLimits(
                    Duration.ofSeconds(4), 25, 26, List.of(Cidr.parse("127.0.0.0/8")), 36),
                new HelloLimits(37, 38, 7),
                new ConnectionLimits(27, Duration.ofSeconds(5), Duration.ofSeconds(11)),
                new OutboundLimits(2 << 20, 28, Duration.ofSeconds(6), 3L << 30, Duration.ZERO),
                new LoginLimits(32, 33),
                new ConversationLimits(34, 35)));
  }

  @Test
  void hellos_take_half_of_the_pool_at_most() {
    assertThat(
            Config.load(Map.of("MAGPIE_POSTGRES_POOL_SIZE", "6"), CommandLine.parse())
                .limits()
                .hellos()
                .atOnce())
        .isEqualTo(3);
  }
}
