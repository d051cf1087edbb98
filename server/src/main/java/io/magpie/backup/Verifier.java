package io.magpie.backup;

import io.magpie.storage.PostgresAddress;
import io.magpie.storage.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks whether the rows of a database fit together as the server promises: invariants I1, I4 and
 * I5 as far as one database can show them. Reads one snapshot, so servers may go on meanwhile.
 */
public final class Verifier {
  /**
   * Something that should not be.
   *
   * @param what the sentence
   * @param count how often
   * @param example an id or a place to look at
   */
  public record Finding(String what, long count, String example) {
    @Override
    public String toString() {
      return "%s: %,d, for example %s".formatted(what, count, example);
    }
  }

  private record Check(String what, String sql) {}

  /** Each query gives the places that are wrong, as text. */
  private static final List<Check> CHECKS =
      List.of(
          new Check(
              "streams whose events are not numbered from first to head without a hole",
              """
              select s.id::text as place
              from stream s
              left join (
                select e.stream_id, count(distinct e.seq) as numbers, count(*) as events,
                       min(e.seq) as low, max(e.seq) as high
                from event e join stream t on t.id = e.stream_id and e.seq >= t.first
                group by e.stream_id
              ) e on e.stream_id = s.id
              where coalesce(e.numbers, 0) <> s.head - s.first + 1
                 or e.events <> e.numbers or e.low <> s.first or e.high <> s.head
              """),
          new Check(
              "events of streams that do not exist",
              """
              select e.stream_id || ' ' || e.seq as place from event e
              where not exists (select from stream s where s.id = e.stream_id)
              """),
          new Check(
              "events in the partition of another month than they were written in",
              """
              select stream_id || ' ' || seq as place from event
              where bucket <> to_char(at at time zone 'UTC', 'YYYYMM')::integer
              """),
          new Check(
              "streams whose last entry is not the newest entry of their list",
              """
              select s.id::text as place
              from stream s
              left join (select stream_id, max(seq) as seq from event where listed group by 1) e
                on e.stream_id = s.id
              where s.entry_seq <> coalesce(e.seq, 0)
                and (s.entry_seq >= s.first or e.seq is not null)
              """),
          new Check(
              "first results of sends that point at no event",
              """
              select w.sender || ' ' || w.client_id as place
              from client_write w left join stream s on s.id = w.stream_id
              where s.id is null or w.seq < 1 or w.count < 1 or w.seq + w.count - 1 > s.head
                 or (w.seq >= s.first and not exists (
                       select from event e where e.stream_id = w.stream_id and e.seq = w.seq))
              """),
          new Check(
              "memberships with impossible bounds",
              """
              select r.stream_id || ' ' || r.user_id as place
              from stream_reader r join stream s on s.id = r.stream_id
              where r.from_seq < 1 or r.from_seq > s.head + 1
                 or r.to_seq < r.from_seq - 1 or r.to_seq > s.head
              """),
          new Check(
              "memberships of one user in one stream that overlap",
              """
              select stream_id || ' ' || user_id as place
              from (
                select stream_id, user_id, from_seq,
                       lag(coalesce(to_seq, 9223372036854775807), 1, 0::bigint) over (
                         partition by stream_id, user_id order by from_seq) as before
                from stream_reader
              ) r
              where from_seq <= before
              """),
          new Check(
              "conversations without their stream, or that count their members wrongly",
              """
              select c.id::text as place
              from conversation c left join stream s on s.id = c.id
              where s.id is null or c.members <> (
                select count(*) from stream_reader r where r.stream_id = c.id and r.to_seq is null)
              """),
          new Check(
              "read or delivered positions beyond the last event",
              """
              select m.conversation_id || ' ' || m.user_id as place
              from conversation_member m left join stream s on s.id = m.conversation_id
              where s.id is null or greatest(m.read_seq, m.delivered_seq) > s.head
              """),
          new Check(
              "edits, pins, reactions or mentions of messages that do not exist",
              """
              select m.stream_id || ' ' || m.seq as place
              from (select stream_id, seq from message_state
                    union select stream_id, seq from reaction
                    union select stream_id, seq from mention) m
              join stream s on s.id = m.stream_id
              where m.seq >= s.first and not exists (
                select from event e where e.stream_id = m.stream_id and e.seq = m.seq)
              """));

  private Verifier() {}

  /**
   * Looks at a database.
   *
   * @param uri of the owner's or the application's role
   * @param say takes a sentence for each check
   * @throws BackupFailure when it cannot be read
   */
  public static List<Finding> verify(String uri, Consumer<String> say) {
    PostgresAddress address = PostgresAddress.of(uri);
    try (Connection connection = address.connect("magpie verify")) {
      if (!Schema.of(connection).exists()) {
        throw new BackupFailure(
            "nothing-to-verify", "There are no tables of Magpie in this database.");
      }
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set transaction isolation level repeatable read, read only");
      }
      return check(connection, say);
    } catch (SQLException e) {
      throw Failures.database("Looking at " + address.place(), e);
    }
  }

  /** Looks inside of the caller's transaction. */
  static List<Finding> check(Connection connection, Consumer<String> say) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      say.accept(
          "Looking at %s streams with %s events and %s first results of sends."
              .formatted(
                  count(statement, "stream"),
                  count(statement, "event"),
                  count(statement, "client_write")));
      for (Check check : CHECKS) {
        try (ResultSet row =
            statement.executeQuery(
                "select count(*), min(place) from (" + check.sql() + ") as wrong")) {
          row.next();
          if (row.getLong(1) > 0) {
            findings.add(new Finding(check.what(), row.getLong(1), row.getString(2)));
          }
        }
      }
    }
    findings.forEach(finding -> say.accept("  Found " + finding));
    if (findings.isEmpty()) {
      say.accept("All %d checks passed.".formatted(CHECKS.size()));
    }
    return findings;
  }

  private static String count(Statement statement, String table) throws SQLException {
    try (ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return "%,d".formatted(row.getLong(1));
    }
  }
}
