package io.magpie.message;

import io.magpie.message.Targeting.Scene;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.Emoji;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.magpie.stream.Change;
import io.magpie.stream.Event;
import io.magpie.stream.Writer;
import io.magpie.stream.Written;
import io.magpie.stream.WrittenBody;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** {@code message.react} and {@code message.unreact}; doing either twice changes nothing. */
final class Reactions {
  private static final String PRESENT =
      """
      select count(distinct emoji) as kinds,
             coalesce(bool_or(emoji = $3), false) as known,
             coalesce(bool_or(emoji = $3 and user_id = $4), false) as mine
      from reaction where stream_id = $1 and seq = $2
      """;

  private static final String ADD =
      """
      insert into reaction (stream_id, seq, emoji, user_id, event_seq) values ($1, $2, $3, $4, $5)
      """;

  private static final String REMOVE =
      """
      delete from reaction where stream_id = $1 and seq = $2 and emoji = $3 and user_id = $4
      """;

  private final Targeting targeting;

  Reactions(Writer writer) {
    this.targeting = new Targeting(writer);
  }

  void register(Operations operations) {
    operations
        .user("message.react", call -> react(call, true))
        .user("message.unreact", call -> react(call, false));
  }

  private Future<?> react(Call call, boolean add) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    long seq = params.seq("seq");
    String emoji = params.matching("emoji", Emoji.FORM);
    params.end();
    return targeting
        .change(
            conversation,
            call.user().id(),
            seq,
            scene -> {
              scene.target().requireWords();
              return present(scene, emoji)
                  .compose(
                      present -> add ? add(scene, emoji, present) : remove(scene, emoji, present));
            })
        .map(WrittenBody::of);
  }

  /**
   * Kinds of reactions of a message, whether this is one of them, and whether the actor gave it.
   */
  private record Present(long kinds, boolean known, boolean mine) {}

  private static Future<Present> present(Scene scene, String emoji) {
    return scene
        .change()
        .query(PRESENT, key(scene, emoji))
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                new Present(row.getLong("kinds"), row.getBoolean("known"), row.getBoolean("mine")));
  }

  private static Future<Written> add(Scene scene, String emoji, Present present) {
    if (present.mine()) {
      return scene.unchanged();
    }
    if (!present.known() && present.kinds() >= MessageLimits.REACTION_KINDS) {
      throw RequestError.of(ErrorCode.TOO_MANY_REACTIONS);
    }
    Event event = append(scene, emoji, true);
    return scene
        .change()
        .query(ADD, key(scene, emoji).addLong(event.seq()))
        .map(stored -> scene.change().written(event));
  }

  private static Future<Written> remove(Scene scene, String emoji, Present present) {
    if (!present.mine()) {
      return scene.unchanged();
    }
    Event event = append(scene, emoji, false);
    return scene
        .change()
        .query(REMOVE, key(scene, emoji))
        .map(stored -> scene.change().written(event));
  }

  private static Event append(Scene scene, String emoji, boolean add) {
    Change change = scene.change();
    return change.append(
        scene.seat().conversation(),
        MessageEvents.reacted(scene.seat().user(), scene.target().seq(), emoji, add));
  }

  private static Tuple key(Scene scene, String emoji) {
    return Tuple.of(scene.seat().conversation(), scene.target().seq(), emoji, scene.seat().user());
  }
}
