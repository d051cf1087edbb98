package io.magpie.app.config;

import static io.magpie.app.config.Kinds.count;
import static io.magpie.app.config.Kinds.duration;
import static io.magpie.app.config.Kinds.size;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The one table of all settings. docs/settings.md is compared with it by a test. */
final class SettingsTable {
  private static final List<Setting<?>> ROWS = new ArrayList<>();

  static final Setting<Path> CONFIG =
      row(
          "CONFIG",
          Kinds.READABLE_FILE,
          "",
          "File with any of these keys, one `KEY=value` a line; the environment wins over it. The same as `--config FILE`. Only from the environment.");
  static final Setting<Path> DATA_DIR =
      row(
          "DATA_DIR",
          Kinds.PATH,
          "./magpie-data",
          "Everything that the embedded PostgreSQL and Redis keep. Not used with services of your own.");
  static final Setting<Secret> DEMO_PASSWORD =
      row(
          "DEMO_PASSWORD",
          Kinds.SECRET,
          "",
          "Password of all demo people, for trying and for tests. Without it each gets a random one on the embedded database, and on a PostgreSQL of your own there are none.");

  static final Setting<String> HTTP_HOST =
      row(
          "HTTP_HOST",
          Kinds.NAMED_HOST,
          "127.0.0.1",
          "Address that people reach: `0.0.0.0` for every interface.");
  static final Setting<Integer> HTTP_PORT =
      row("HTTP_PORT", Kinds.PORT, "8080", "Port of the web app, REST and WebSocket.");
  static final Setting<String> PUBLIC_URL =
      row(
          "PUBLIC_URL",
          Kinds.ORIGIN_URL,
          "",
          "Where people open the web app, for links that set a password. Without it the server takes its own host and port.");
  static final Setting<List<String>> ORIGINS =
      row(
          "ORIGINS",
          Kinds.ORIGINS,
          "",
          "Other origins whose pages may call REST (CORS) and open WebSockets, compared exactly. The server's own origin always may.");
  static final Setting<List<Cidr>> TRUSTED_PROXIES =
      row(
          "TRUSTED_PROXIES",
          Kinds.NETWORKS,
          "",
          "Proxies whose `X-Forwarded-*` headers are believed. Nobody else's are.");
  static final Setting<Path> TLS_CERTIFICATE =
      row(
          "TLS_CERTIFICATE",
          Kinds.READABLE_FILE,
          "",
          "Certificate chain (PEM). With it and its key the server speaks TLS only. Read again when the file changes.");
  static final Setting<Path> TLS_KEY =
      row("TLS_KEY", Kinds.READABLE_FILE, "", "Private key of the certificate (PEM, PKCS#8).");
  static final Setting<Boolean> API_PAGE =
      row("API_PAGE", Kinds.SWITCH, "on", "The readable page of the API and its contract files.");
  static final Setting<String> MANAGEMENT_HOST =
      row(
          "MANAGEMENT_HOST",
          Kinds.NAMED_HOST,
          "127.0.0.1",
          "Address of the management port. It has no login: keep it on loopback or a private network.");
  static final Setting<Integer> MANAGEMENT_PORT =
      row("MANAGEMENT_PORT", Kinds.PORT, "8081", "Port of metrics and details.");

  static final Setting<String> NODE_ID =
      row(
          "NODE_ID",
          Kinds.NODE_ID,
          "",
          "Name of this node among all that share the database; no two living nodes may have the same. Without it each start makes a new one.");
  static final Setting<Duration> NODE_LEASE =
      row(
          "NODE_LEASE",
          duration("2s", "5m"),
          "15s",
          "How long the other nodes believe that this one lives after it was last heard of; it renews three times as often.");
  static final Setting<Duration> DRAIN_DELAY =
      row(
          "DRAIN_DELAY",
          duration("0s", "60s"),
          "0s",
          "At SIGTERM: time from not being ready to the first client that is sent away. Behind a balancer that asks for readiness: as long as it needs to notice.");
  static final Setting<Duration> DRAIN_TIME =
      row(
          "DRAIN_TIME",
          duration("1s", "5m"),
          "10s",
          "At SIGTERM, after the delay: time in which the clients are sent away, 3 s for open requests included.");

  static final Setting<Boolean> CLUSTER =
      row(
          "CLUSTER",
          Kinds.SWITCH,
          "off",
          "Joins the nodes to each other for operators' signals. Several nodes on one PostgreSQL and Redis serve people without it.");
  static final Setting<List<String>> CLUSTER_MEMBERS =
      row(
          "CLUSTER_MEMBERS",
          Kinds.MEMBERS,
          "",
          "Where the nodes of the cluster can be found, this one included or not; a name may stand for several addresses. Without a port that of this node.");
  static final Setting<String> CLUSTER_NAME =
      row(
          "CLUSTER_NAME",
          Kinds.NODE_ID,
          "magpie",
          "Nodes of another name are not joined. The version of Hazelcast is added to it.");
  static final Setting<String> CLUSTER_HOST =
      row(
          "CLUSTER_HOST",
          Kinds.NAMED_HOST,
          "127.0.0.1",
          "Address of this node for the others: one of a private network, behind a firewall, since whoever reaches it can join.");
  static final Setting<Boolean> CLUSTER_PUBLIC =
      row(
          "CLUSTER_PUBLIC",
          Kinds.SWITCH,
          "off",
          "Allows a `MAGPIE_CLUSTER_HOST` that is not private. Something else must keep strangers away then.");
  static final Setting<Integer> CLUSTER_PORT =
      row("CLUSTER_PORT", count(1, 65_535), "5701", "Port of cluster members (Hazelcast).");
  static final Setting<Integer> CLUSTER_BUS_PORT =
      row("CLUSTER_BUS_PORT", count(1, 65_535), "5711", "Port of signals (Vert.x event bus).");
  static final Setting<Path> CLUSTER_CONFIG =
      row(
          "CLUSTER_CONFIG",
          Kinds.READABLE_FILE,
          "",
          "Hazelcast settings (YAML) in the place of the built-in ones; cluster-config/hazelcast has examples. Network, name and safety are always set by the keys of this table.");
  static final Setting<Path> CLUSTER_TLS_CERTIFICATE =
      row(
          "CLUSTER_TLS_CERTIFICATE",
          Kinds.READABLE_FILE,
          "",
          "Certificate chain (PEM) of this node for signals. With it, its key and the authority signals take TLS on both sides.");
  static final Setting<Path> CLUSTER_TLS_KEY =
      row("CLUSTER_TLS_KEY", Kinds.READABLE_FILE, "", "Private key of it (PEM, PKCS#8).");
  static final Setting<Path> CLUSTER_TLS_CA =
      row(
          "CLUSTER_TLS_CA",
          Kinds.READABLE_FILE,
          "",
          "Authority (PEM) that has signed the certificates of all nodes.");

  static final Setting<Secret> POSTGRES_URI =
      row(
          "POSTGRES_URI",
          Kinds.POSTGRES_URI,
          "",
          "Your own PostgreSQL, for the application's role (no DDL). Set it together with `MAGPIE_REDIS_URI`; without both the embedded services run.");
  static final Setting<Secret> POSTGRES_OWNER_URI =
      row(
          "POSTGRES_OWNER_URI",
          Kinds.POSTGRES_URI,
          "",
          "The owner's role, for migrations only. Without it the schema must already be there.");
  static final Setting<Integer> POSTGRES_POOL_SIZE =
      row("POSTGRES_POOL_SIZE", count(2, 200), "16", "Connections to PostgreSQL.");
  static final Setting<Integer> POSTGRES_QUEUE =
      row(
          "POSTGRES_QUEUE",
          count(1, 10_000),
          "500",
          "Requests that may wait for a connection; more are refused at once and may be retried.");
  static final Setting<Duration> POSTGRES_CONNECT_TIMEOUT =
      row(
          "POSTGRES_CONNECT_TIMEOUT",
          duration("100ms", "60s"),
          "3s",
          "Longest wait for a connection.");
  static final Setting<Duration> POSTGRES_STATEMENT_TIMEOUT =
      row(
          "POSTGRES_STATEMENT_TIMEOUT",
          duration("100ms", "60s"),
          "5s",
          "Longest time of one statement.");
  static final Setting<Duration> POSTGRES_START_PATIENCE =
      row(
          "POSTGRES_START_PATIENCE",
          duration("0s", "1d"),
          "2m",
          "How long a node that starts waits for a PostgreSQL that is not there yet.");
  static final Setting<Secret> REDIS_URI =
      row(
          "REDIS_URI",
          Kinds.REDIS_URI,
          "",
          "Your own Redis, together with `MAGPIE_POSTGRES_URI`; of Sentinels or of a Cluster several, with commas between.");
  static final Setting<String> REDIS_MODE =
      row(
          "REDIS_MODE",
          Kinds.choice("standalone", "sentinel", "cluster"),
          "standalone",
          "What answers at `MAGPIE_REDIS_URI`: the server, its Sentinels, or nodes of a Redis Cluster.");
  static final Setting<String> REDIS_MASTER =
      row(
          "REDIS_MASTER",
          Kinds.TEXT,
          "mymaster",
          "Name of the master that the Sentinels watch; user and password are the same there.");
  static final Setting<Path> REDIS_CA =
      row(
          "REDIS_CA",
          Kinds.READABLE_FILE,
          "",
          "Certificates that `rediss://` trusts, PEM; without it those of the Java runtime.");

  static final Setting<List<TokenKey>> TOKEN_KEYS =
      row(
          "TOKEN_KEYS",
          Kinds.TOKEN_KEYS,
          "",
          "Keys of access tokens; the first signs, all verify. Needed with a PostgreSQL of your own; on the embedded one a random key is kept in the data directory.");
  static final Setting<String> TOKEN_ISSUER =
      row(
          "TOKEN_ISSUER",
          Kinds.TEXT,
          "magpie",
          "`iss` of access tokens. Another value for each environment keeps their tokens apart.");
  static final Setting<String> TOKEN_AUDIENCE =
      row("TOKEN_AUDIENCE", Kinds.TEXT, "magpie", "`aud` of access tokens.");
  static final Setting<Duration> ACCESS_TOKEN_TTL =
      row("ACCESS_TOKEN_TTL", duration("10s", "1d"), "10m", "How long an access token is good.");
  static final Setting<Duration> REFRESH_TOKEN_TTL =
      row(
          "REFRESH_TOKEN_TTL",
          duration("1m", "400d"),
          "30d",
          "How long a session lasts without being used.");
  static final Setting<Duration> TOKEN_LEEWAY =
      row(
          "TOKEN_LEEWAY",
          duration("0s", "5m"),
          "60s",
          "How far clocks may differ when a token's times are checked.");

  static final Setting<String> LOG_FORMAT =
      row(
          "LOG_FORMAT",
          Kinds.choice("text", "json"),
          "text",
          "One readable line or one JSON object a record.");
  static final Setting<String> LOG_LEVEL =
      row(
          "LOG_LEVEL",
          Kinds.choice("error", "warn", "info", "debug", "trace"),
          "info",
          "Least level that is logged.");

  static final Setting<Long> FRAME_BYTES =
      row(
          "FRAME_BYTES",
          size("4KiB", "1MiB"),
          "64KiB",
          "Largest WebSocket message of a client; a larger one closes with 1009.");
  static final Setting<Integer> FRAMES_PER_SECOND =
      row(
          "FRAMES_PER_SECOND",
          count(1, 100_000),
          "20",
          "Client frames per second and connection over time.");
  static final Setting<Integer> FRAMES_BURST =
      row("FRAMES_BURST", count(1, 100_000), "60", "Client frames that may come at once.");
  static final Setting<Integer> CONTROL_FRAMES_PER_SECOND =
      row(
          "CONTROL_FRAMES_PER_SECOND",
          count(1, 1_000),
          "10",
          "Pings and pongs per second and connection.");
  static final Setting<Integer> MESSAGE_CODE_POINTS =
      row(
          "MESSAGE_CODE_POINTS",
          count(1, 8_000),
          "8000",
          "Longest message text in Unicode code points; the contract allows no more than 8000.");
  static final Setting<Long> MESSAGE_BYTES =
      row("MESSAGE_BYTES", size("256B", "32KiB"), "32KiB", "Longest message text in UTF-8 bytes.");
  static final Setting<Duration> RECALL_WINDOW =
      row("RECALL_WINDOW", duration("0s", "3650d"), "1d", "How long senders may recall a message.");
  static final Setting<Duration> EDIT_WINDOW =
      row("EDIT_WINDOW", duration("0s", "3650d"), "1d", "How long senders may edit a message.");
  static final Setting<Duration> UNAUTHENTICATED_DEADLINE =
      row(
          "UNAUTHENTICATED_DEADLINE",
          duration("1s", "60s"),
          "10s",
          "Time from TCP accept to a finished `hello`.");
  static final Setting<Integer> UNAUTHENTICATED_PER_NODE =
      row(
          "UNAUTHENTICATED_PER_NODE",
          count(1, 100_000),
          "1000",
          "Sockets of a node that have not finished `hello`.");
  static final Setting<Integer> UNAUTHENTICATED_PER_ADDRESS =
      row(
          "UNAUTHENTICATED_PER_ADDRESS",
          count(1, 100_000),
          "20",
          "The same, of one client address.");
  static final Setting<List<Cidr>> EXEMPT_NETWORKS =
      row(
          "EXEMPT_NETWORKS",
          Kinds.NETWORKS,
          "",
          "Networks without limits per address: an office behind one address, a load generator.");
  static final Setting<Integer> PLAIN_CONNECTIONS =
      row(
          "PLAIN_CONNECTIONS",
          count(10, 1_000_000),
          "4000",
          "TCP connections of a node that are no WebSockets; one more is closed at once.");
  static final Setting<Integer> HELLOS_PER_SECOND =
      row(
          "HELLOS_PER_SECOND",
          count(1, 100_000),
          "200",
          "Clients that a node lets in, in the long run. The others wait, for half of `MAGPIE_UNAUTHENTICATED_DEADLINE` at most; more are told when to come again.");
  static final Setting<Integer> HELLOS_BURST =
      row("HELLOS_BURST", count(1, 100_000), "200", "The same, together after a quiet time.");
  static final Setting<Integer> HELLOS_AT_ONCE =
      row(
          "HELLOS_AT_ONCE",
          count(1, 200),
          "8",
          "Clients that are being let in at the same time; never more than half of `MAGPIE_POSTGRES_POOL_SIZE`.");
  static final Setting<Integer> SOCKETS_PER_USER =
      row("SOCKETS_PER_USER", count(1, 1_000), "10", "WebSockets of one user on a node.");
  static final Setting<Duration> HEARTBEAT =
      row("HEARTBEAT", duration("1s", "5m"), "25s", "Interval of heartbeats.");
  static final Setting<Duration> READ_IDLE =
      row(
          "READ_IDLE",
          duration("2s", "15m"),
          "65s",
          "A connection that was silent for so long is closed; at least twice the heartbeat.");
  static final Setting<Long> OUTBOUND_BYTES =
      row(
          "OUTBOUND_BYTES",
          size("64KiB", "64MiB"),
          "1MiB",
          "Bytes that may wait for a slow connection before it closes with 4408.");
  static final Setting<Integer> OUTBOUND_MESSAGES =
      row("OUTBOUND_MESSAGES", count(16, 100_000), "512", "The same, in frames.");
  static final Setting<Duration> OUTBOUND_PATIENCE =
      row(
          "OUTBOUND_PATIENCE",
          duration("1s", "5m"),
          "10s",
          "The same, in time without any of them leaving.");
  static final Setting<Long> OUTBOUND_TOTAL_BYTES =
      row(
          "OUTBOUND_TOTAL_BYTES",
          size("1MiB", "64GiB"),
          "256MiB",
          "Bytes that may wait on all connections of a node; from 80 % on the slowest are closed.");
  static final Setting<Integer> LOGIN_FAILURES_PER_ACCOUNT =
      row(
          "LOGIN_FAILURES_PER_ACCOUNT",
          count(1, 100),
          "5",
          "Failed logins of an account that are free; then each try waits, 1 s and twice as long each time, at most 60 s.");
  static final Setting<Integer> LOGIN_FAILURES_PER_ADDRESS =
      row(
          "LOGIN_FAILURES_PER_ADDRESS",
          count(1, 1_000_000),
          "100",
          "Failed logins per minute and client address.");
  static final Setting<Integer> GROUP_MEMBERS =
      row("GROUP_MEMBERS", count(2, 100_000), "500", "Most members of a group.");
  static final Setting<Integer> PINS =
      row("PINS", count(1, 1_000), "50", "Most pinned messages of a conversation.");

  private SettingsTable() {}

  /** All rows, in the order of the documentation. */
  static List<Setting<?>> rows() {
    return List.copyOf(ROWS);
  }

  private static <T> Setting<T> row(
      String name, Kind<T> kind, String standard, String description) {
    Setting<T> setting = new Setting<>("MAGPIE_" + name, kind, standard, description);
    ROWS.add(setting);
    return setting;
  }
}
