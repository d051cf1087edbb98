package io.magpie.conversation;

/** The statements that read conversations; each is one snapshot. $1 is the reader. */
final class ConversationSql {
  /** Present memberships in conversations (an inbox has no conversation_member). */
  private static final String MINE =
      """
      select r.stream_id, r.user_id, r.role, r.from_seq, m.archived,
             coalesce(last.at, r.since) as active_at, last.seq as last_seq
      from stream_reader r
      join conversation_member m on m.conversation_id = r.stream_id and m.user_id = r.user_id
      left join lateral (
        select seq, at from event
        where stream_id = r.stream_id and listed and seq >= r.from_seq
        order by seq desc limit 1
      ) last on true
      where r.user_id = $1 and r.to_seq is null\
      """;

  private static final String SELECT =
      """
      with mine as (
      %s
      ), page as (
      %s
      )
      select c.id, c.kind, c.name, c.announcement, c.low, c.high, c.members, c.created_at,
             s.head, r.role, r.from_seq, r.active_at, r.last_seq,
             m.read_seq, m.delivered_seq, m.muted, m.pinned, m.archived,
             m.draft_text, m.draft_reply_to, m.draft_at,
             %s as unread, %s as mentions
      from page r
      join conversation c on c.id = r.stream_id
      join stream s on s.id = r.stream_id
      join conversation_member m on m.conversation_id = r.stream_id and m.user_id = r.user_id
      order by r.active_at desc, r.stream_id desc
      """;

  /** $2 conversation. */
  static final String ONE =
      SELECT.formatted(
          MINE + " and r.stream_id = $2",
          "select * from mine",
          UnreadSql.UNREAD,
          UnreadSql.MENTIONS);

  /** $2 archived, $3 and $4 the last row of the page before or nulls, $5 how many. */
  static final String PAGE =
      SELECT.formatted(
          MINE,
          """
          select * from mine
          where archived = $2
            and ($3::timestamptz is null or (active_at, stream_id) < ($3, $4::uuid))
          order by active_at desc, stream_id desc
          limit $5\
          """,
          UnreadSql.UNREAD,
          UnreadSql.MENTIONS);

  private ConversationSql() {}
}
