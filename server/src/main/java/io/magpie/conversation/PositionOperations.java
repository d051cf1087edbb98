package io.magpie.conversation;

import io.magpie.conversation.PositionStore.Counts;
import io.magpie.conversation.PositionStore.Moved;
import io.magpie.fanout.Signal;
import io.magpie.fanout.Signals;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Json;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.magpie.stream.Change;
import io.magpie.stream.NewEvent;
import io.magpie.stream.Writer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * {@code position.update}: stored before the answer, all or nothing. The user's other devices learn
 * of read positions by an inbox event, the other members of both by a signal.
 */
final class PositionOperations {
  private static final int MOVES = 100;

  private final Writer writer;
  private final Signals signals;

  PositionOperations(Writer writer, Signals signals) {
    this.writer = writer;
    this.signals = signals;
  }

  void register(Operations operations) {
    operations.user("position.update", this::update);
  }

  /** {@code OwnPosition} of the contract. */
  record OwnPosition(UUID conversation, long read, long delivered, int unread, int mentions) {}

  /** {@code PositionUpdateResult} of the contract. */
  record Result(List<OwnPosition> positions) {}

  /** {@code data.position.moved} of the contract. */
  record PositionMoved(UUID conversation, long read, int unread, int mentions) {}

  /** {@code PositionSignal} of the contract. */
  record PositionSignal(String kind, UUID conversation, UUID user, long read, long delivered) {}

  private record Done(List<Moved> moved, Result result) {}

  private Future<?> update(Call call) {
    Params params = call.params();
    Map<UUID, Move> moves = new LinkedHashMap<>();
    for (Params one : params.objects("positions", 1, MOVES)) {
      Move move = move(one);
      moves.merge(move.conversation(), move, Move::and);
    }
    params.end();
    UUID user = call.user().id();
    return writer
        .change(Set.of(user), change -> store(change, user, moves))
        .map(
            done -> {
              done.moved().stream().filter(Moved::moved).forEach(moved -> signal(user, moved));
              return done.result();
            });
  }

  private static Move move(Params params) {
    UUID conversation = params.uuid("conversation");
    long read = params.optionalSeq("read").orElse(0);
    long delivered = params.optionalSeq("delivered").orElse(0);
    params.end();
    if (params.size() < 2) {
      throw params.error(ErrorCode.MISSING_FIELD, "read", "or delivered is required");
    }
    return new Move(conversation, read, delivered);
  }

  private static Future<Done> store(Change change, UUID user, Map<UUID, Move> moves) {
    return PositionStore.move(change, user, moves.values())
        .compose(
            moved -> {
              if (moved.size() < moves.size()) {
                throw RequestError.field(
                    ErrorCode.NOT_FOUND, "positions", "positions names no conversation of yours.");
              }
              return PositionStore.counts(change, user, moves.keySet())
                  .map(counts -> answer(change, user, moves, moved, counts));
            });
  }

  private static Done answer(
      Change change, UUID user, Map<UUID, Move> moves, List<Moved> moved, List<Counts> counts) {
    Map<UUID, Counts> countsOf = new LinkedHashMap<>();
    counts.forEach(count -> countsOf.put(count.conversation(), count));
    Map<UUID, OwnPosition> positions = new LinkedHashMap<>();
    for (Moved one : moved) {
      Counts count = countsOf.get(one.conversation());
      positions.put(
          one.conversation(),
          new OwnPosition(
              one.conversation(), one.read(), one.delivered(), count.unread(), count.mentions()));
      if (one.readMoved()) {
        PositionMoved data =
            new PositionMoved(one.conversation(), one.read(), count.unread(), count.mentions());
        change.append(user, NewEvent.change("position.moved", user, Json.write(data)));
      }
    }
    List<OwnPosition> inOrder = new ArrayList<>();
    moves.keySet().forEach(conversation -> inOrder.add(positions.get(conversation)));
    return new Done(moved, new Result(inOrder));
  }

  private void signal(UUID user, Moved moved) {
    PositionSignal signal =
        new PositionSignal("position", moved.conversation(), user, moved.read(), moved.delivered());
    signals.send(new Signal(moved.conversation(), user, signal.kind(), Json.write(signal)));
  }
}
