package io.magpie.conversation;

/**
 * Counting what is unread; at most 1,000. Pieces of statements in which {@code m} is the row of
 * {@code conversation_member} and {@code r} the present membership.
 */
final class UnreadSql {
  /** Messages of others in the list that were not recalled. */
  static final String UNREAD =
      """
      (select count(*) from (
         select 1 from event e
         where e.stream_id = m.conversation_id and e.listed
           and e.seq > greatest(m.read_seq, r.from_seq - 1) and e.actor <> m.user_id
           and not exists (
             select from message_state x
             where x.stream_id = e.stream_id and x.seq = e.seq and x.recalled_at is not null)
         limit 1000) counted)\
      """;

  /** Messages of others, in threads too, that mention the user or everybody. */
  static final String MENTIONS =
      """
      (select count(*) from (
         select distinct n.seq
         from mention n join event e on e.stream_id = n.stream_id and e.seq = n.seq
         where n.stream_id = m.conversation_id
           and n.user_id in (m.user_id, '00000000-0000-0000-0000-000000000000')
           and n.seq > greatest(m.read_seq, r.from_seq - 1) and e.actor <> m.user_id
         limit 1000) counted)\
      """;

  private UnreadSql() {}
}
