package io.magpie.membership;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.stream.Change;
import io.magpie.stream.ReaderRole;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Letting people in: their intervals, what they keep, and the news in their inboxes. */
public final class Joining {
  /** Who comes back finds own settings again; reading goes on with the new membership. */
  private static final String KEEP =
      """
      insert into conversation_member (conversation_id, user_id, read_seq, delivered_seq)
      select $1, u, $3, $3 from unnest($2::uuid[]) as n (u)
      on conflict (conversation_id, user_id) do update
      set read_seq = greatest(conversation_member.read_seq, excluded.read_seq),
          delivered_seq = greatest(conversation_member.delivered_seq, excluded.delivered_seq),
          archived = false, draft_text = null, draft_reply_to = null, draft_at = null
      """;

  private final People people;

  public Joining(People people) {
    this.people = people;
  }

  /**
   * Checks that all of them exist and may be written to.
   *
   * @return fails with {@code not_found} naming {@code field}
   */
  public Future<Void> requireActive(String field, Collection<UUID> users) {
    return people
        .byIds(users)
        .map(
            known -> {
              if (users.stream()
                  .anyMatch(u -> !known.containsKey(u) || known.get(u).disabled().orElse(false))) {
                throw RequestError.field(
                    ErrorCode.NOT_FOUND, field, field + " names somebody who is not here.");
              }
              return null;
            });
  }

  /** The streams that a change locks which lets these users into the conversation. */
  public static Set<UUID> locks(UUID conversation, Collection<UUID> users) {
    Set<UUID> streams = new HashSet<>(users);
    streams.add(conversation);
    return streams;
  }

  /**
   * Lets them in from number {@code from} on. The change holds the locks of the conversation and of
   * their inboxes, and none of them is in.
   */
  public Future<Void> admit(
      Change change, UUID actor, UUID conversation, Map<UUID, ReaderRole> users, long from) {
    users
        .keySet()
        .forEach(
            user -> change.append(user, MemberEvents.membershipAdded(actor, conversation, from)));
    List<Future<?>> sent = new ArrayList<>();
    sent.add(change.open(conversation, users, from));
    sent.add(
        change.query(KEEP, Tuple.of(conversation, users.keySet().toArray(UUID[]::new), from - 1)));
    return Future.all(sent).mapEmpty();
  }
}
