package io.magpie.app.config;

import static io.magpie.app.config.Kinds.count;
import static io.magpie.app.config.Kinds.duration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The one table of all settings. docs/settings.md is compared with it by a test. */
final class SettingsTable {
  private static final SettingRows ROWS = new SettingRows();

  static final Setting<Path> CONFIG =
      ROWS.row(
          "CONFIG",
          Kinds.READABLE_FILE,
          "",
          "File with any of these keys, one `KEY=value` a line; the environment wins over it. The same as `--config FILE`. Only from the environment.");
  static final Setting<Path> DATA_DIR =
      ROWS.row(
          "DATA_DIR",
          Kinds.PATH,
          "./magpie-data",
          "Everything that the embedded PostgreSQL and Redis keep. Not used with services of your own.");
  static final Setting<Secret> DEMO_PASSWORD =
      ROWS.row(
          "DEMO_PASSWORD",
          Kinds.SECRET,
          "",
          "Password of all demo people, for trying and for tests. Without it each gets a random one on the embedded database, and on a PostgreSQL of your own there are none.");

  static final Setting<String> HTTP_HOST =
      ROWS.row(
          "HTTP_HOST",
          Kinds.NAMED_HOST,
          "127.0.0.1",
          "Address that people reach: `0.0.0.0` for every interface.");
  static final Setting<Integer> HTTP_PORT =
      ROWS.row("HTTP_PORT", Kinds.PORT, "8080", "Port of the web app, REST and WebSocket.");
  static final Setting<String> PUBLIC_URL =
      ROWS.row(
          "PUBLIC_URL",
          Kinds.ORIGIN_URL,
          "",
          "Where people open the web app, for links that set a password. Without it the server takes its own host and port.");
  static final Setting<List<String>> ORIGINS =
      ROWS.row(
          "ORIGINS",
          Kinds.ORIGINS,
          "",
          "Other origins whose pages may call REST (CORS) and open WebSockets, compared exactly. The server's own origin always may.");
  static final Setting<List<Cidr>> TRUSTED_PROXIES =
      ROWS.row(
          "TRUSTED_PROXIES",
          Kinds.NETWORKS,
          "",
          "Proxies whose `X-Forwarded-*` headers are believed. Nobody else's are.");
  static final Setting<Path> TLS_CERTIFICATE =
      ROWS.row(
          "TLS_CERTIFICATE",
          Kinds.READABLE_FILE,
          "",
          "Certificate chain (PEM). With it and its key the server speaks TLS only. Read again when the file changes.");
  static final Setting<Path> TLS_KEY =
      ROWS.row("TLS_KEY", Kinds.READABLE_FILE, "", "Private key of the certificate (PEM, PKCS#8).");
  static final Setting<Boolean> API_PAGE =
      ROWS.row(
          "API_PAGE", Kinds.SWITCH, "on", "The readable page of the API and its contract files.");
  static final Setting<String> MANAGEMENT_HOST =
      ROWS.row(
          "MANAGEMENT_HOST",
          Kinds.NAMED_HOST,
          "127.0.0.1",
          "Address of the management port. It has no login: keep it on loopback or a private network.");
  static final Setting<Integer> MANAGEMENT_PORT =
      ROWS.row("MANAGEMENT_PORT", Kinds.PORT, "8081", "Port of metrics and details.");

  static final Setting<String> NODE_ID =
      ROWS.row(
          "NODE_ID",
          Kinds.NODE_ID,
          "",
          "Name of this node among all that share the database; no two living nodes may have the same. Without it each start makes a new one.");
  static final Setting<Duration> NODE_LEASE =
      ROWS.row(
          "NODE_LEASE",
          duration("2s", "5m"),
          "15s",
          "How long the other nodes believe that this one lives after it was last heard of; it renews three times as often.");
  static final Setting<Duration> WARM_UP =
      ROWS.row(
          "WARM_UP",
          duration("0s", "60s"),
          "5s",
          "Longest time of the rehearsal before a node is ready, in which the Java runtime compiles what is needed most; `0s` for none.");
  static final Setting<Duration> DRAIN_DELAY =
      ROWS.row(
          "DRAIN_DELAY",
          duration("0s", "60s"),
          "0s",
          "At SIGTERM: time from not being ready to the first client that is sent away. Behind a balancer that asks for readiness: as long as it needs to notice.");
  static final Setting<Duration> DRAIN_TIME =
      ROWS.row(
          "DRAIN_TIME",
          duration("1s", "5m"),
          "10s",
          "At SIGTERM, after the delay: time in which the clients are sent away, 3 s for open requests included.");

  static final Setting<Boolean> CLUSTER =
      ROWS.row(
          "CLUSTER",
          Kinds.SWITCH,
          "off",
          "Joins the nodes to each other for operators' signals. Several nodes on one PostgreSQL and Redis serve people without it.");
  static final Setting<List<String>> CLUSTER_MEMBERS =
      ROWS.row(
          "CLUSTER_MEMBERS",
          Kinds.MEMBERS,
          "",
          "Where the nodes of the cluster can be found, this one included or not; a name may stand for several addresses. Without a port that of this node.");
  static final Setting<String> CLUSTER_NAME =
      ROWS.row(
          "CLUSTER_NAME",
          Kinds.NODE_ID,
          "magpie",
          "Nodes of another name are not joined. The version of Hazelcast is added to it.");
  static final Setting<String> CLUSTER_HOST =
      ROWS.row(
          "CLUSTER_HOST",
          Kinds.NAMED_HOST,
          "127.0.0.1",
          "Address of this node for the others: one of a private network, behind a firewall, since whoever reaches it can join.");
  static final Setting<Boolean> CLUSTER_PUBLIC =
      ROWS.row(
          "CLUSTER_PUBLIC",
          Kinds.SWITCH,
          "off",
          "Allows a `MAGPIE_CLUSTER_HOST` that is not private. Something else must keep strangers away then.");
  static final Setting<Integer> CLUSTER_PORT =
      ROWS.row("CLUSTER_PORT", count(1, 65_535), "5701", "Port of cluster members (Hazelcast).");
  static final Setting<Integer> CLUSTER_BUS_PORT =
      ROWS.row("CLUSTER_BUS_PORT", count(1, 65_535), "5711", "Port of signals (Vert.x event bus).");
  static final Setting<Path> CLUSTER_CONFIG =
      ROWS.row(
          "CLUSTER_CONFIG",
          Kinds.READABLE_FILE,
          "",
          "Hazelcast settings (YAML) in the place of the built-in ones; cluster-config/hazelcast has examples. Network, name and safety are always set by the keys of this table.");
  static final Setting<Path> CLUSTER_TLS_CERTIFICATE =
      ROWS.row(
          "CLUSTER_TLS_CERTIFICATE",
          Kinds.READABLE_FILE,
          "",
          "Certificate chain (PEM) of this node for signals. With it, its key and the authority signals take TLS on both sides.");
  static final Setting<Path> CLUSTER_TLS_KEY =
      ROWS.row("CLUSTER_TLS_KEY", Kinds.READABLE_FILE, "", "Private key of it (PEM, PKCS#8).");
  static final Setting<Path> CLUSTER_TLS_CA =
      ROWS.row(
          "CLUSTER_TLS_CA",
          Kinds.READABLE_FILE,
          "",
          "Authority (PEM) that has signed the certificates of all nodes.");

  static final Setting<Secret> POSTGRES_URI =
      ROWS.row(
          "POSTGRES_URI",
          Kinds.POSTGRES_URI,
          "",
          "Your own PostgreSQL, for the application's role (no DDL). Set it together with `MAGPIE_REDIS_URI`; without both the embedded services run.");
  static final Setting<Secret> POSTGRES_OWNER_URI =
      ROWS.row(
          "POSTGRES_OWNER_URI",
          Kinds.POSTGRES_URI,
          "",
          "The owner's role, for migrations only. Without it the schema must already be there.");
  static final Setting<Integer> POSTGRES_POOL_SIZE =
      ROWS.row("POSTGRES_POOL_SIZE", count(2, 200), "16", "Connections to PostgreSQL.");
  static final Setting<Integer> POSTGRES_QUEUE =
      ROWS.row(
          "POSTGRES_QUEUE",
          count(1, 10_000),
          "500",
          "Requests that may wait for a connection; more are refused at once and may be retried.");
  static final Setting<Duration> POSTGRES_CONNECT_TIMEOUT =
      ROWS.row(
          "POSTGRES_CONNECT_TIMEOUT",
          duration("100ms", "60s"),
          "3s",
          "Longest wait for a connection.");
  static final Setting<Duration> POSTGRES_STATEMENT_TIMEOUT =
      ROWS.row(
          "POSTGRES_STATEMENT_TIMEOUT",
          duration("100ms", "60s"),
          "5s",
          "Longest time of one statement.");
  static final Setting<Duration> POSTGRES_PATIENCE =
      ROWS.row(
          "POSTGRES_PATIENCE",
          duration("100ms", "60s"),
          "2500ms",
          "Longest time until a write is answered, whatever PostgreSQL does: with the result, or with an error after which the same may be sent again. Waits for a connection and for others are part of it.");
  static final Setting<Duration> POSTGRES_START_PATIENCE =
      ROWS.row(
          "POSTGRES_START_PATIENCE",
          duration("0s", "1d"),
          "2m",
          "How long a node that starts waits for a PostgreSQL that is not there yet.");
  static final Setting<Secret> REDIS_URI =
      ROWS.row(
          "REDIS_URI",
          Kinds.REDIS_URI,
          "",
          "Your own Redis, together with `MAGPIE_POSTGRES_URI`; of Sentinels or of a Cluster several, with commas between.");
  static final Setting<String> REDIS_MODE =
      ROWS.row(
          "REDIS_MODE",
          Kinds.choice("standalone", "sentinel", "cluster"),
          "standalone",
          "What answers at `MAGPIE_REDIS_URI`: the server, its Sentinels, or nodes of a Redis Cluster.");
  static final Setting<String> REDIS_MASTER =
      ROWS.row(
          "REDIS_MASTER",
          Kinds.TEXT,
          "mymaster",
          "Name of the master that the Sentinels watch; user and password are the same there.");
  static final Setting<Path> REDIS_CA =
      ROWS.row(
          "REDIS_CA",
          Kinds.READABLE_FILE,
          "",
          "Certificates that `rediss://` trusts, PEM; without it those of the Java runtime.");

  static final Setting<List<TokenKey>> TOKEN_KEYS =
      ROWS.row(
          "TOKEN_KEYS",
          Kinds.TOKEN_KEYS,
          "",
          "Keys of access tokens; the first signs, all verify. Needed with a PostgreSQL of your own; on the embedded one a random key is kept in the data directory.");
  static final Setting<String> TOKEN_ISSUER =
      ROWS.row(
          "TOKEN_ISSUER",
          Kinds.TEXT,
          "magpie",
          "`iss` of access tokens. Another value for each environment keeps their tokens apart.");
  static final Setting<String> TOKEN_AUDIENCE =
      ROWS.row("TOKEN_AUDIENCE", Kinds.TEXT, "magpie", "`aud` of access tokens.");
  static final Setting<Duration> ACCESS_TOKEN_TTL =
      ROWS.row(
          "ACCESS_TOKEN_TTL", duration("10s", "1d"), "10m", "How long an access token is good.");
  static final Setting<Duration> REFRESH_TOKEN_TTL =
      ROWS.row(
          "REFRESH_TOKEN_TTL",
          duration("1m", "400d"),
          "30d",
          "How long a session lasts without being used.");
  static final Setting<Duration> TOKEN_LEEWAY =
      ROWS.row(
          "TOKEN_LEEWAY",
          duration("0s", "5m"),
          "60s",
          "How far clocks may differ when a token's times are checked.");

  static final Setting<String> LOG_FORMAT =
      ROWS.row(
          "LOG_FORMAT",
          Kinds.choice("text", "json"),
          "text",
          "One readable line or one JSON object a record.");
  static final Setting<String> LOG_LEVEL =
      ROWS.row(
          "LOG_LEVEL",
          Kinds.choice("error", "warn", "info", "debug", "trace"),
          "info",
          "Least level that is logged.");

  private SettingsTable() {}

  /** All rows, in the order of the documentation. */
  static List<Setting<?>> rows() {
    return Stream.of(ROWS, LimitsTable.ROWS).flatMap(SettingRows::stream).toList();
  }
}
