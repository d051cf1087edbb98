package io.magpie.message;

import io.magpie.membership.Seat;
import io.magpie.membership.Seats;
import io.magpie.stream.Change;
import io.magpie.stream.Writer;
import io.magpie.stream.Written;
import io.vertx.core.Future;
import java.util.Set;
import java.util.UUID;

/** Runs a change of one message: under the conversation's lock, with the actor's seat. */
final class Targeting {
  private final Writer writer;

  Targeting(Writer writer) {
    this.writer = writer;
  }

  /** What one message and who acts on it are, inside the change. */
  record Scene(Change change, Seat seat, Target target) {
    Future<Written> unchanged() {
      return Future.succeededFuture(change.unchanged(seat.conversation()));
    }
  }

  /** A change of the message in the scene; may run again after a deadlock. */
  @FunctionalInterface
  interface Act {
    Future<Written> on(Scene scene);
  }

  /** Fails with not_found where the actor is no member or cannot read the message. */
  Future<Written> change(UUID conversation, UUID actor, long seq, Act act) {
    return writer.change(
        Set.of(conversation),
        change -> {
          Future<Seat> seat = Seats.find(change, conversation, actor);
          Future<Target> target = Target.find(change, conversation, actor, seq);
          return Future.all(seat, target)
              .compose(found -> act.on(new Scene(change, seat.result(), target.result())));
        });
  }
}
