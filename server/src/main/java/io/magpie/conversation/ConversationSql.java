package io.magpie.conversation;

import io.magpie.message.MessageColumns;

/** The statements that read conversations; each is one snapshot. $1 is the reader. */
final class ConversationSql {
  /** Present memberships in conversations (an inbox has no conversation_member). */
  private static final String MINE =
      """
      select r.stream_id, r.user_id, r.role, r.from_seq, m.archived, h.head,
             case when h.entry_seq >= r.from_seq then h.entry_at else r.since end as active_at,
             case when h.entry_seq >= r.from_seq then h.entry_seq end as last_seq
      from stream_reader r
      join conversation_member m on m.conversation_id = r.stream_id and m.user_id = r.user_id
      join stream h on h.id = r.stream_id
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
             r.head, r.role, r.from_seq, r.active_at,
             m.read_seq, m.delivered_seq, m.muted, m.pinned, m.archived,
             m.draft_text, m.draft_reply_to, m.draft_at,
             %s as unread, %s as mention_count,
             %s
      from page r
      join conversation c on c.id = r.stream_id
      join conversation_member m on m.conversation_id = r.stream_id and m.user_id = r.user_id
      left join event e on e.stream_id = r.stream_id and e.seq = r.last_seq
      %s
      order by r.active_at desc, r.stream_id desc
      """;

  /** $2 conversation. */
  static final String ONE = select(MINE + " and r.stream_id = $2", "select * from mine");

  /** $2 archived, $3 and $4 the last row of the page before or nulls, $5 how many. */
  static final String PAGE =
      select(
          MINE,
          """
          select * from mine
          where archived = $2
            and ($3::timestamptz is null or (active_at, stream_id) < ($3, $4::uuid))
          order by active_at desc, stream_id desc
          limit $5\
          """);

  private ConversationSql() {}

  private static String select(String mine, String page) {
    return SELECT.formatted(
        mine,
        page,
        UnreadSql.UNREAD,
        UnreadSql.MENTIONS,
        MessageColumns.columns(),
        MessageColumns.joins("$1"));
  }
}
