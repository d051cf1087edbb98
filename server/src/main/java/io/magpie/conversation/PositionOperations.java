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
import io.magpie.storage.Database;
import io.magpie.stream.Change;
import io.magpie.stream.NewEvent;
import io.magpie.stream.Writer;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * {@code position.update}: stored before the answer, all or nothing. The user's other devices learn
 * of read positions by an inbox event, the other members of both by a signal. Delivery alone, which
 * is told most often, takes no lock of the inbox and counts nothing.
 */
final class PositionOperations {
  private static final int MOVES = 100;

  private final Database database;
  private final Writer writer;
  private final Signals signals;

  PositionOperations(Database database, Writer writer, Signals signals) {
    this.database = database;
    this.writer = writer;
    this.signals = signals;
  }

  void register(Operations operations) {
    operations.user("position.update", this::update);
  }

  /** {@code OwnPosition} of the contract. */
  record OwnPosition(
      UUID conversation,
      long read,
      long delivered,
      Optional<Integer> unread,
      Optional<Integer> mentions) {
    static OwnPosition of(Moved moved, Optional<Counts> counts) {
      return new OwnPosition(
          moved.conversation(),
          moved.read(),
          moved.delivered(),
          counts.map(Counts::unread),
          counts.map(Counts::mentions));
    }
  }

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
    boolean reads = moves.values().stream().anyMatch(Move::reads);
    Future<Done> stored =
        reads
            ? writer.change(Set.of(user), change -> store(change, user, moves))
            : PositionStore.deliver(database, user, moves.values())
                .map(moved -> done(moves, moved, Map.of()));
    return stored.map(
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
              List<UUID> read =
                  moves.values().stream().filter(Move::reads).map(Move::conversation).toList();
              return PositionStore.counts(change, user, read)
                  .map(
                      counts -> {
                        Done done = done(moves, moved, counts);
                        tell(change, user, moved, counts);
                        return done;
                      });
            });
  }

  private static Done done(Map<UUID, Move> moves, List<Moved> moved, Map<UUID, Counts> counts) {
    if (moved.size() < moves.size()) {
      throw RequestError.field(
          ErrorCode.NOT_FOUND, "positions", "positions names no conversation of yours.");
    }
    Map<UUID, OwnPosition> positions = new HashMap<>();
    for (Moved one : moved) {
      Optional<Counts> counted = Optional.ofNullable(counts.get(one.conversation()));
      positions.put(one.conversation(), OwnPosition.of(one, counted));
    }
    return new Done(moved, new Result(moves.keySet().stream().map(positions::get).toList()));
  }

  /** The user's other devices; with the counts as they are now. */
  private static void tell(Change change, UUID user, List<Moved> moved, Map<UUID, Counts> counts) {
    for (Moved one : moved) {
      if (one.readMoved()) {
        Counts count = counts.get(one.conversation());
        PositionMoved data =
            new PositionMoved(one.conversation(), one.read(), count.unread(), count.mentions());
        change.append(user, NewEvent.change("position.moved", user, Json.write(data)));
      }
    }
  }

  private void signal(UUID user, Moved moved) {
    PositionSignal signal =
        new PositionSignal("position", moved.conversation(), user, moved.read(), moved.delivered());
    signals.send(new Signal(moved.conversation(), user, signal.kind(), Json.write(signal)));
  }
}
