package io.magpie.app.config;

import static io.magpie.app.config.Kinds.count;
import static io.magpie.app.config.Kinds.duration;
import static io.magpie.app.config.Kinds.size;

import java.time.Duration;
import java.util.List;

/** The rows of {@link SettingsTable} that bound what clients may do. */
final class LimitsTable {
  static final SettingRows ROWS = new SettingRows();

  static final Setting<Long> FRAME_BYTES =
      ROWS.row(
          "FRAME_BYTES",
          size("4KiB", "1MiB"),
          "64KiB",
          "Largest WebSocket message of a client; a larger one closes with 1009.");
  static final Setting<Integer> FRAMES_PER_SECOND =
      ROWS.row(
          "FRAMES_PER_SECOND",
          count(1, 100_000),
          "20",
          "Client frames per second and connection over time.");
  static final Setting<Integer> FRAMES_BURST =
      ROWS.row("FRAMES_BURST", count(1, 100_000), "60", "Client frames that may come at once.");
  static final Setting<Integer> CONTROL_FRAMES_PER_SECOND =
      ROWS.row(
          "CONTROL_FRAMES_PER_SECOND",
          count(1, 1_000),
          "10",
          "Pings and pongs per second and connection.");
  static final Setting<Integer> MESSAGE_CODE_POINTS =
      ROWS.row(
          "MESSAGE_CODE_POINTS",
          count(1, 8_000),
          "8000",
          "Longest message text in Unicode code points; the contract allows no more than 8000.");
  static final Setting<Long> MESSAGE_BYTES =
      ROWS.row(
          "MESSAGE_BYTES", size("256B", "32KiB"), "32KiB", "Longest message text in UTF-8 bytes.");
  static final Setting<Duration> RECALL_WINDOW =
      ROWS.row(
          "RECALL_WINDOW", duration("0s", "3650d"), "1d", "How long senders may recall a message.");
  static final Setting<Duration> EDIT_WINDOW =
      ROWS.row(
          "EDIT_WINDOW", duration("0s", "3650d"), "1d", "How long senders may edit a message.");
  static final Setting<Duration> UNAUTHENTICATED_DEADLINE =
      ROWS.row(
          "UNAUTHENTICATED_DEADLINE",
          duration("1s", "60s"),
          "10s",
          "Time from TCP accept to a finished `hello`.");
  static final Setting<Integer> UNAUTHENTICATED_PER_NODE =
      ROWS.row(
          "UNAUTHENTICATED_PER_NODE",
          count(1, 100_000),
          "1000",
          "Sockets of a node that have not finished `hello`.");
  static final Setting<Integer> UNAUTHENTICATED_PER_ADDRESS =
      ROWS.row(
          "UNAUTHENTICATED_PER_ADDRESS",
          count(1, 100_000),
          "20",
          "The same, of one client address.");
  static final Setting<List<Cidr>> EXEMPT_NETWORKS =
      ROWS.row(
          "EXEMPT_NETWORKS",
          Kinds.NETWORKS,
          "",
          "Networks without limits per address: an office behind one address, a load generator.");
  static final Setting<Integer> PLAIN_CONNECTIONS =
      ROWS.row(
          "PLAIN_CONNECTIONS",
          count(10, 1_000_000),
          "4000",
          "TCP connections of a node that are no WebSockets; one more is closed at once.");
  static final Setting<Integer> HELLOS_PER_SECOND =
      ROWS.row(
          "HELLOS_PER_SECOND",
          count(1, 100_000),
          "200",
          "Clients that a node lets in, in the long run. The others wait, for half of `MAGPIE_UNAUTHENTICATED_DEADLINE` at most; more are told when to come again.");
  static final Setting<Integer> HELLOS_BURST =
      ROWS.row("HELLOS_BURST", count(1, 100_000), "200", "The same, together after a quiet time.");
  static final Setting<Integer> HELLOS_AT_ONCE =
      ROWS.row(
          "HELLOS_AT_ONCE",
          count(1, 200),
          "8",
          "Clients that are being let in at the same time; never more than half of `MAGPIE_POSTGRES_POOL_SIZE`.");
  static final Setting<Integer> SOCKETS_PER_USER =
      ROWS.row("SOCKETS_PER_USER", count(1, 1_000), "10", "WebSockets of one user on a node.");
  static final Setting<Duration> HEARTBEAT =
      ROWS.row("HEARTBEAT", duration("1s", "5m"), "25s", "Interval of heartbeats.");
  static final Setting<Duration> READ_IDLE =
      ROWS.row(
          "READ_IDLE",
          duration("2s", "15m"),
          "65s",
          "A connection that was silent for so long is closed; at least twice the heartbeat.");
  static final Setting<Long> OUTBOUND_BYTES =
      ROWS.row(
          "OUTBOUND_BYTES",
          size("64KiB", "64MiB"),
          "1MiB",
          "Bytes that may wait for a slow connection before it closes with 4408.");
  static final Setting<Integer> OUTBOUND_MESSAGES =
      ROWS.row("OUTBOUND_MESSAGES", count(16, 100_000), "512", "The same, in frames.");
  static final Setting<Duration> OUTBOUND_PATIENCE =
      ROWS.row(
          "OUTBOUND_PATIENCE",
          duration("1s", "5m"),
          "10s",
          "The same, in time without any of them leaving.");
  static final Setting<Long> OUTBOUND_TOTAL_BYTES =
      ROWS.row(
          "OUTBOUND_TOTAL_BYTES",
          size("1MiB", "64GiB"),
          "256MiB",
          "Bytes that may wait on all connections of a node; beyond, those with the most are closed.");
  static final Setting<Duration> OUTBOUND_GATHER =
      ROWS.row(
          "OUTBOUND_GATHER",
          duration("0s", "1s"),
          "20ms",
          "How long a busy node gathers at most before it writes to a connection; an idle one never waits.");
  static final Setting<Integer> LOGIN_FAILURES_PER_ACCOUNT =
      ROWS.row(
          "LOGIN_FAILURES_PER_ACCOUNT",
          count(1, 100),
          "5",
          "Failed logins of an account that are free; then each try waits, 1 s and twice as long each time, at most 60 s.");
  static final Setting<Integer> LOGIN_FAILURES_PER_ADDRESS =
      ROWS.row(
          "LOGIN_FAILURES_PER_ADDRESS",
          count(1, 1_000_000),
          "100",
          "Failed logins per minute and client address.");
  static final Setting<Integer> GROUP_MEMBERS =
      ROWS.row("GROUP_MEMBERS", count(2, 100_000), "500", "Most members of a group.");
  static final Setting<Integer> PINS =
      ROWS.row("PINS", count(1, 1_000), "50", "Most pinned messages of a conversation.");

  private LimitsTable() {}
}
