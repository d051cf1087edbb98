package io.magpie.bench.server;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A year of messages, written into the database as if people had sent them, while no server runs:
 * circles of people with conversations each. Messages lie in the order of time, so those of one
 * conversation are scattered over the table as they are in life. Their client ids begin with a
 * time: random ones would take hours, and nothing that is measured looks at them.
 *
 * <p>Every message has its row in {@code event} and in {@code client_write}, streams have their
 * heads, members their intervals and read positions, and every fiftieth message mentions everybody.
 */
public final class Backlog implements AutoCloseable {
  /** Read positions lie so many messages before the end, different ones in each conversation. */
  public static final int UNREAD = 100;

  private static final int MONTHS = 14;
  private static final int ROWS_AT_ONCE = 100_000;

  private static final String HELPERS =
      """
      create unlogged table bench_circle (number integer, place integer, user_id uuid);
      create unlogged table bench_place (number integer, circle integer, id uuid);
      create unlogged table bench_stay (
        number integer, circle integer, id uuid, actor uuid, turn integer,
        primary key (turn, number))
      """;

  private static final String DROP = "drop table bench_circle, bench_place, bench_stay";

  private static final String CIRCLE =
      """
      insert into bench_circle
      select %d, place - 1, id::uuid from unnest('{%s}'::text[]) with ordinality as n (id, place)
      """;

  private static final String PLACES =
      """
      insert into bench_place
      select n, n / %d, gen_random_uuid() from generate_series(0, %d - 1) n
      """;

  /** Who speaks at which turn of a conversation: everybody once in a round. */
  private static final String STAYS =
      """
      insert into bench_stay
      select p.number, p.circle, p.id, c.user_id, c.place
      from bench_place p join bench_circle c on c.number = p.circle
      """;

  private static final String CONVERSATIONS =
      """
      insert into stream (id, kind, head, last_at)
      select id, 1, 1, now() - interval '366 days' from bench_place;
      insert into event (stream_id, seq, bucket, kind, actor, at, listed, data)
      select id, 1, to_char(now() - interval '366 days', 'YYYYMM')::integer, 'conversation.created',
             actor, now() - interval '366 days', false,
             json_build_object('kind', 'group', 'name', 'Stored ' || number, 'members', (
               select json_agg(json_build_object(
                 'user', c.user_id, 'role', case c.place when 0 then 'owner' else 'member' end))
               from bench_circle c where c.number = s.circle))
      from bench_stay s where turn = 0;
      insert into conversation (id, kind, name, members, created_by, created_at)
      select id, 2, 'Stored ' || number, (
               select count(*) from bench_circle c where c.number = s.circle),
             actor, now() - interval '366 days'
      from bench_stay s where turn = 0;
      insert into stream_reader (stream_id, user_id, from_seq, role, since)
      select id, actor, 1, case turn when 0 then 3 else 1 end, now() - interval '366 days'
      from bench_stay;
      insert into conversation_member (conversation_id, user_id, read_seq, delivered_seq)
      select id, actor, 1, 1 from bench_stay;
      insert into event (stream_id, seq, bucket, kind, actor, at, listed, data)
      select s.actor, t.head + row_number() over (partition by s.actor order by s.number),
             to_char(now(), 'YYYYMM')::integer, 'membership.added', o.actor,
             date_trunc('milliseconds', now()), false,
             json_build_object('conversation', s.id, 'from', 1)
      from bench_stay s join bench_stay o on o.number = s.number and o.turn = 0
      join stream t on t.id = s.actor;
      update stream t set head = t.head + n.count, last_at = date_trunc('milliseconds', now())
      from (select actor, count(*) from bench_stay group by actor) n where t.id = n.actor
      """;

  private static final String CLEAR =
      """
      delete from event where seq > 1 and stream_id in (select id from bench_place);
      delete from client_write where stream_id in (select id from bench_place);
      delete from mention where stream_id in (select id from bench_place);
      update stream set head = 1, entry_seq = 0, entry_at = null
      where id in (select id from bench_place);
      update conversation_member set read_seq = 1, delivered_seq = 1
      where conversation_id in (select id from bench_place)
      """;

  /** Messages {@code n}, of which each conversation of the first circles has {@code each}. */
  private static final String MESSAGES =
      """
      with message as materialized (
        select s.id, n + 1 as seq, s.number, s.actor, t.at,
               (lpad(to_hex((extract(epoch from t.at) * 1000)::bigint), 12, '0') || '7'
                || lpad(to_hex(n %% 4096), 3, '0') || '8'
                || substr(md5(s.number || ' ' || n), 1, 15))::uuid as client_id
        from generate_series(%1$d, %2$d) n
        join bench_stay s on s.circle < %4$d and s.turn = (n + s.number) %% %5$d
        cross join lateral (
          select date_trunc('milliseconds', timestamptz '%6$s'
            - (%3$d - n) * (interval '365 days' / %3$d)) as at) t
        order by n, s.number
      ), written as (
        insert into client_write (sender, client_id, stream_id, seq, fingerprint, at)
        select actor, client_id, id, seq, seq, at from message
      )
      insert into event (stream_id, seq, bucket, kind, actor, at, listed, data)
      select id, seq, to_char(at, 'YYYYMM')::integer, 'message.sent', actor, at, true,
             ('{"clientId":"' || client_id || '","body":{"type":"text","text":"'
              || rpad('Message ' || seq || ' of conversation ' || number || ' ', 200,
                      'and some words that somebody wrote to the others ')
              || '"}' || case when seq %% 50 = 0
                then ',"mentions":{"users":[],"all":true}}' else '}' end)::json
      from message
      """;

  private static final String ENDS =
      """
      update stream t set head = e.seq, last_at = e.at, entry_seq = e.seq, entry_at = e.at
      from bench_place p
      cross join lateral (
        select seq, at from event where stream_id = p.id order by seq desc limit 1) e
      where t.id = p.id and e.seq > 1;
      update conversation_member m
      set read_seq = greatest(1, t.head - p.number %% %1$d), delivered_seq = t.head
      from bench_place p join stream t on t.id = p.id where m.conversation_id = p.id;
      insert into mention (stream_id, user_id, seq)
      select p.id, '00000000-0000-0000-0000-000000000000', seq
      from bench_place p join stream t on t.id = p.id
      cross join generate_series(50, t.head, 50) seq
      """;

  /** Tables and partitions: autovacuum would begin with them while somebody measures. */
  private static final String VACUUM =
      """
      select 'vacuum analyze ' || relid::regclass
      from unnest(array['event', 'client_write', 'stream', 'stream_reader', 'conversation',
                        'conversation_member', 'mention']) name,
           pg_partition_tree(name::regclass)
      where isleaf
      """;

  private static final String SIZES =
      """
      select name || ' ' || sum(pg_relation_size(t.relid))
      from unnest(array['event', 'event_pkey', 'event_listed', 'event_thread',
                        'client_write', 'client_write_pkey']) name,
           pg_partition_tree(name::regclass) t
      group by name
      union all
      select 'database ' || pg_database_size(current_database())
      """;

  private final Hands hands;
  private final int members;
  private final int circles;
  private final int each;

  private Backlog(Hands hands, List<List<String>> people, int each) {
    this.hands = hands;
    this.each = each;
    circles = people.size();
    members = people.get(0).size();
  }

  /**
   * Makes the conversations, without messages.
   *
   * @param people ids of users: circles of the same size
   * @param each conversations of each circle
   */
  static Backlog of(Services services, List<List<String>> people, int each) {
    try {
      Backlog backlog = new Backlog(new Hands(services), people, each);
      backlog.begin(people);
      return backlog;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException("The stored messages: " + e.getMessage(), e);
  }

  private void begin(List<List<String>> people) throws SQLException {
    hands.run(
        "select ensure_event_partitions((now() - interval '13 months')::date, " + MONTHS + ")");
    hands.run(HELPERS);
    for (int circle = 0; circle < circles; circle++) {
      hands.run(CIRCLE.formatted(circle, String.join(",", people.get(circle))));
    }
    hands.run(PLACES.formatted(each, circles * each));
    hands.run(STAYS);
    hands.run("analyze bench_circle, bench_place, bench_stay");
    hands.run(CONVERSATIONS);
  }

  /** The conversations of a circle. */
  public List<String> conversations(int circle) {
    try {
      return hands.words(
          "select id from bench_place where circle = %d order by number".formatted(circle));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Takes all messages away and writes others.
   *
   * @param inCircles how many of the circles have any
   * @param messages of each of their conversations
   */
  public void write(int inCircles, int messages) {
    try {
      hands.run(CLEAR);
      Instant last = Instant.now().minusSeconds(60);
      int step = Math.max(1, ROWS_AT_ONCE / (inCircles * each));
      List<String> parts = new ArrayList<>();
      for (int from = 1; from <= messages; from += step) {
        int to = Math.min(messages, from + step - 1);
        parts.add(MESSAGES.formatted(from, to, messages, inCircles, members, last));
      }
      hands.together(parts);
      hands.run(ENDS.formatted(UNREAD));
      hands.together(hands.words(VACUUM));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Bytes of the database, and of the tables and indexes in which the messages lie. */
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    try {
      for (String line : hands.words(SIZES)) {
        String[] words = line.split(" ");
        sizes.put(words[0], Long.parseLong(words[1]));
      }
      return sizes;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      hands.run(DROP);
      hands.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
