package io.magpie.message;

/**
 * The statements that read messages. Each is one snapshot: head, messages and all that happened to
 * them agree. Parameters: $1 conversation, $2 reader, then those of the page.
 */
final class MessageSql {
  /**
   * One row with nulls where the page is empty, none where the conversation is not the reader's.
   */
  private static final String SELECT =
      """
      with seat as (
        select s.head
        from stream_reader r
        join conversation c on c.id = r.stream_id
        join stream s on s.id = r.stream_id
        where r.stream_id = $1 and r.user_id = $2 and r.to_seq is null
      ), page as (
      %s
      )
      select seat.head, %s
      from seat
      left join (page p join event e on e.stream_id = p.stream_id and e.seq = p.seq) on true
      %s
      order by e.seq
      """;

  /** What {@link MessageRow} reads. */
  static final String COLUMNS =
      """
      e.stream_id, e.seq, e.actor, e.at, e.data::text as data,
      s.text, s.mentions::text as mentions, s.edited_at, s.recalled_at, s.recalled_by,
      s.pin_seq, s.pin_by, s.pin_at, s.pin_until, t.replies, t.last_reply, k.reactions\
      """;

  /** All that happened to event {@code e}, as the reader (to be filled in) sees it. */
  static final String OVERLAY =
      """
      left join message_state s on s.stream_id = e.stream_id and s.seq = e.seq
      left join lateral (
        select count(*) as replies, max(x.seq) as last_reply
        from event x
        where x.stream_id = e.stream_id and x.thread = e.seq
          and exists (
            select from stream_reader r
            where r.stream_id = x.stream_id and r.user_id = %s
              and x.seq >= r.from_seq and (r.to_seq is null or x.seq <= r.to_seq))
      ) t on e.listed
      left join lateral (
        select json_build_object('of', json_agg(
          json_build_object('emoji', g.emoji, 'count', g.count, 'users', g.users)
          order by g.first))::text as reactions
        from (
          select emoji, count(*) as count, min(event_seq) as first,
                 (array_agg(user_id order by event_seq))[1:100] as users
          from reaction x where x.stream_id = e.stream_id and x.seq = e.seq
          group by emoji) g
        having count(*) > 0
      ) k on true\
      """;

  /**
   * $3 pivot, $4 rows before it, $5 rows from it on, $6 how many numbers to look at on each side.
   * The last keeps a page cheap in a long conversation whatever the planner thinks of its indexes.
   */
  private static final String AROUND =
      """
      (select e.stream_id, e.seq
       from stream_reader r cross join seat cross join lateral (
         select stream_id, seq from event
         where event.stream_id = r.stream_id and %1$s
           and seq >= greatest(r.from_seq, least($3::bigint, seat.head + 1) - $6::bigint)
           and seq < least($3, seat.head + 1, coalesce(r.to_seq + 1, $3))
         order by seq desc limit $4) e
       where r.stream_id = $1 and r.user_id = $2
       order by e.seq desc limit $4)
      union all
      (select e.stream_id, e.seq
       from stream_reader r cross join seat cross join lateral (
         select stream_id, seq from event
         where event.stream_id = r.stream_id and %1$s
           and seq >= greatest($3, r.from_seq)
           and seq <= least($3::numeric + $6, seat.head, coalesce(r.to_seq, seat.head))::bigint
         order by seq limit $5) e
       where r.stream_id = $1 and r.user_id = $2
       order by e.seq limit $5)\
      """;

  /** The reader sees entry {@code e}. */
  private static final String VISIBLE =
      """
      (e.listed or e.thread is not null)
      and exists (
        select from stream_reader r
        where r.stream_id = e.stream_id and r.user_id = $2
          and e.seq >= r.from_seq and (r.to_seq is null or e.seq <= r.to_seq))\
      """;

  /** Entries of the list around $3. */
  static final String HISTORY = select(AROUND.formatted("listed"));

  /** Entries of thread $7 around $3. */
  static final String THREAD = select(AROUND.formatted("thread = $7"));

  /** The messages numbered $3 (a list). */
  static final String THESE =
      select(
          """
          select e.stream_id, e.seq from event e
          where e.stream_id = $1 and e.seq = any($3) and %s\
          """
              .formatted(VISIBLE));

  /** $3 before that pin's event, $4 how many. */
  static final String PINS =
      select(
          """
          select e.stream_id, e.seq
          from message_state m join event e on e.stream_id = m.stream_id and e.seq = m.seq
          where m.stream_id = $1 and m.pin_seq < $3 and %s
          order by m.pin_seq desc limit $4\
          """
              .formatted(VISIBLE));

  /**
   * The first number whose event is not before $3, by halving: times never decrease in a stream.
   * Ends at head + 1 where all are before it.
   */
  static final String SEQ_AT =
      """
      with recursive search (lo, hi) as (
        select first, head + 1 from stream where id = $1
        union all
        select case when e.at < $2 then (lo + hi) / 2 + 1 else lo end,
               case when e.at < $2 then hi else (lo + hi) / 2 end
        from search
        join event e on e.stream_id = $1 and e.seq = (lo + hi) / 2
        where lo < hi
      )
      select max(lo) as seq from search
      """;

  private MessageSql() {}

  private static String select(String page) {
    return SELECT.formatted(page, COLUMNS, OVERLAY.formatted("$2"));
  }
}
