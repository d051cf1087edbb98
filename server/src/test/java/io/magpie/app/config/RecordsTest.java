package io.magpie.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.redis.RedisSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Defaults and mapping of each record: every setting ends in its own field. */
class RecordsTest {
  private static final String KEY = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  @TempDir Path directory;

  private static Config with(String... keysAndValues) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      environment.put("MAGPIE_" + keysAndValues[i], keysAndValues[i + 1]);
    }
    return Config.load(environment, CommandLine.parse());
  }

  @Test
  void http() throws IOException {
    assertThat(with().http())
        .isEqualTo(
            new HttpConfig(
                "127.0.0.1", 8080, Optional.empty(), List.of(), List.of(), Optional.empty(), true));

    Path certificate = Files.writeString(directory.resolve("chain.pem"), "x");
    Path key = Files.writeString(directory.resolve("key.pem"), "x");
    HttpConfig http =
        with(
                "HTTP_HOST", "::",
                "HTTP_PORT", "0",
                "PUBLIC_URL", "https://Talk.example.com",
                "ORIGINS", "https://Chat.example.com, http://localhost:5173",
                "TRUSTED_PROXIES", "10.0.0.0/8,::1",
                "TLS_CERTIFICATE", certificate.toString(),
                "TLS_KEY", key.toString(),
                "API_PAGE", "OFF")
            .http();
    assertThat(http)
        .isEqualTo(
            new HttpConfig(
                "::",
                0,
                Optional.of("https://talk.example.com"),
                List.of("https://chat.example.com", "http://localhost:5173"),
                List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("::1")),
                Optional.of(new TlsConfig(certificate, key)),
                false));
  }

  @Test
  void management() {
    assertThat(with().management()).isEqualTo(new ManagementConfig("127.0.0.1", 8081));
    assertThat(with("MANAGEMENT_HOST", "10.1.2.3", "MANAGEMENT_PORT", "9").management())
        .isEqualTo(new ManagementConfig("10.1.2.3", 9));
  }

  @Test
  void node() {
    assertThat(with().node())
        .isEqualTo(new NodeConfig(Optional.empty(), Duration.ofSeconds(15), Duration.ofSeconds(5)));
    assertThat(with("NODE_ID", "eu-1.a", "NODE_LEASE", "4s", "WARM_UP", "0s").node())
        .isEqualTo(new NodeConfig(Optional.of("eu-1.a"), Duration.ofSeconds(4), Duration.ZERO));
  }

  @Test
  void cluster() throws IOException {
    assertThat(with().cluster())
        .isEqualTo(
            new ClusterConfig(
                false,
                List.of(),
                "magpie",
                "127.0.0.1",
                false,
                5701,
                5711,
                Optional.empty(),
                Optional.empty()));

    Path file = Files.writeString(directory.resolve("hazelcast.yaml"), "x");
    Path certificate = Files.writeString(directory.resolve("node.pem"), "x");
    Path key = Files.writeString(directory.resolve("node.key"), "x");
    Path authority = Files.writeString(directory.resolve("ca.pem"), "x");
    assertThat(
            with(
                    "CLUSTER", "on",
                    "CLUSTER_MEMBERS", "10.0.0.1, node-2:5702,[fd00::1]:5703",
                    "CLUSTER_NAME", "staging",
                    "CLUSTER_HOST", "10.0.0.1",
                    "CLUSTER_PUBLIC", "on",
                    "CLUSTER_PORT", "1",
                    "CLUSTER_BUS_PORT", "2",
                    "CLUSTER_CONFIG", file.toString(),
                    "CLUSTER_TLS_CERTIFICATE", certificate.toString(),
                    "CLUSTER_TLS_KEY", key.toString(),
                    "CLUSTER_TLS_CA", authority.toString())
                .cluster())
        .isEqualTo(
            new ClusterConfig(
                true,
                List.of("10.0.0.1", "node-2:5702", "[fd00::1]:5703"),
                "staging",
                "10.0.0.1",
                true,
                1,
                2,
                Optional.of(file),
                Optional.of(new ClusterConfig.Tls(certificate, key, authority))));
    assertThatThrownBy(() -> with("CLUSTER", "on"))
        .hasMessageContaining("MAGPIE_CLUSTER_MEMBERS is missing");
    assertThatThrownBy(() -> with("CLUSTER_TLS_CA", authority.toString()))
        .hasMessageContaining("belong together");
  }

  @Test
  void services() {
    PostgresConfig embedded =
        new PostgresConfig(
            Optional.empty(),
            Optional.empty(),
            16,
            500,
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofMillis(2_500),
            Duration.ofMinutes(2));
    assertThat(with().services())
        .isEqualTo(
            new ServicesConfig(
                Path.of("./magpie-data"),
                embedded,
                new RedisConfig(
                    Optional.empty(),
                    RedisSettings.Shape.STANDALONE,
                    "mymaster",
                    Optional.empty())));

    String app = "postgresql://app:x@db:5432/magpie";
    String owner = "postgres://owner:x@db:5432/magpie";
    String redis = "rediss://:x@cache:6380,rediss://:x@other:6380";
    ServicesConfig own =
        with(
                "DATA_DIR", "/srv/magpie",
                "POSTGRES_URI", app,
                "POSTGRES_OWNER_URI", owner,
                "POSTGRES_POOL_SIZE", "20",
                "POSTGRES_QUEUE", "7",
                "POSTGRES_CONNECT_TIMEOUT", "1s",
                "POSTGRES_STATEMENT_TIMEOUT", "2500ms",
                "POSTGRES_PATIENCE", "3s",
                "POSTGRES_START_PATIENCE", "7s",
                "REDIS_URI", redis,
                "REDIS_MODE", "sentinel",
                "REDIS_MASTER", "main",
                "TOKEN_KEYS", KEY)
            .services();
    assertThat(own)
        .isEqualTo(
            new ServicesConfig(
                Path.of("/srv/magpie"),
                new PostgresConfig(
                    Optional.of(new Secret(app)),
                    Optional.of(new Secret(owner)),
                    20,
                    7,
                    Duration.ofSeconds(1),
                    Duration.ofMillis(2500),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(7)),
                new RedisConfig(
                    Optional.of(new Secret(redis)),
                    RedisSettings.Shape.SENTINEL,
                    "main",
                    Optional.empty())));
  }

  @Test
  void tokens() {
    assertThat(with().tokens())
        .isEqualTo(
            new TokenConfig(
                List.of(),
                "magpie",
                "magpie",
                Duration.ofMinutes(10),
                Duration.ofDays(30),
                Duration.ofSeconds(60)));

    TokenConfig tokens =
        with(
                "TOKEN_KEYS", KEY + ",k2:" + KEY.substring(3),
                "TOKEN_ISSUER", "https://chat",
                "TOKEN_AUDIENCE", "staging",
                "ACCESS_TOKEN_TTL", "1m",
                "REFRESH_TOKEN_TTL", "P7D",
                "TOKEN_LEEWAY", "0s")
            .tokens();
    assertThat(tokens.keys()).extracting(TokenKey::id).containsExactly("k1", "k2");
    assertThat(tokens.keys().get(0).bytes()).hasSize(32);
    assertThat(List.of(tokens.issuer(), tokens.audience()))
        .containsExactly("https://chat", "staging");
    assertThat(List.of(tokens.accessTtl(), tokens.refreshTtl(), tokens.leeway()))
        .containsExactly(Duration.ofMinutes(1), Duration.ofDays(7), Duration.ZERO);
  }

  @Test
  void log() {
    assertThat(with().log()).isEqualTo(new LogConfig(false, "info"));
    assertThat(with("LOG_FORMAT", "json", "LOG_LEVEL", "DEBUG").log())
        .isEqualTo(new LogConfig(true, "debug"));
  }

  @Test
  void drain() {
    assertThat(with().drain()).isEqualTo(new DrainConfig(Duration.ZERO, Duration.ofSeconds(10)));
    assertThat(with("DRAIN_DELAY", "3s", "DRAIN_TIME", "7s").drain())
        .isEqualTo(new DrainConfig(Duration.ofSeconds(3), Duration.ofSeconds(7)));
  }
}
