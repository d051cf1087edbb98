package io.magpie.message;

import io.magpie.membership.People;
import io.magpie.membership.Seats;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.magpie.stream.Change;
import io.magpie.stream.ClientWrite;
import io.magpie.stream.Event;
import io.magpie.stream.Writer;
import io.magpie.stream.Written;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * {@code message.forward}. The sources are read before the change, because names are somebody
 * else's to tell; what the read refuses counts only for a first try, so that a retry gets its first
 * answer even where a source was recalled or the sender was removed meanwhile.
 */
final class Forwarding {
  private final Writer writer;
  private final MessageReader reader;
  private final People people;

  Forwarding(Writer writer, MessageReader reader, People people) {
    this.writer = writer;
    this.reader = reader;
    this.people = people;
  }

  void register(Operations operations) {
    operations.user("message.forward", this::forward);
  }

  /** {@code MessageForwardResult} of the contract. */
  record Result(UUID conversation, List<Long> seqs, boolean duplicate) {
    static Result of(Written written) {
      return new Result(
          written.stream(),
          LongStream.range(written.seq(), written.seq() + written.count()).boxed().toList(),
          written.duplicate());
    }
  }

  private record Asked(UUID from, List<Long> seqs, UUID to, boolean merge) {}

  private Future<?> forward(Call call) {
    Params params = call.params();
    UUID clientId = params.uuid("clientId");
    Asked asked =
        new Asked(
            params.uuid("from"),
            params.seqs("seqs", 1, MessageLimits.FORWARDED).stream().sorted().toList(),
            params.uuid("to"),
            params.flag("merge"));
    params.end();
    UUID actor = call.user().id();
    ClientWrite client =
        new ClientWrite(actor, clientId, ClientWrite.fingerprint("message.forward " + asked));
    return sources(actor, asked)
        .transform(
            sources ->
                mayPass(sources)
                    ? Future.failedFuture(sources.cause())
                    : writer.change(
                        Set.of(asked.to()), change -> once(change, client, asked.to(), sources)))
        .map(Result::of);
  }

  /** A database that does not answer is not waited for twice. */
  private static boolean mayPass(AsyncResult<?> sources) {
    return sources.cause() instanceof RequestError refused && refused.code().retryable();
  }

  private Future<List<Forwarded>> sources(UUID actor, Asked asked) {
    return reader
        .these(asked.from(), actor, asked.seqs())
        .compose(
            found -> {
              if (found.size() < asked.seqs().size()) {
                throw RequestError.field(
                    ErrorCode.NOT_FOUND, "seqs", "seqs names what is no message.");
              }
              if (found.stream().anyMatch(message -> message.recalledAt().isPresent())) {
                throw RequestError.of(ErrorCode.MESSAGE_RECALLED);
              }
              return people
                  .byIds(found.stream().map(Message::sender).toList())
                  .map(known -> Forwarded.of(found, known, asked.merge()));
            });
  }

  private static Future<Written> once(
      Change change, ClientWrite client, UUID to, AsyncResult<List<Forwarded>> sources) {
    return change
        .claim(client)
        .compose(
            earlier ->
                earlier.isPresent()
                    ? Future.succeededFuture(earlier.get())
                    : first(change, client.sender(), to, sources));
  }

  private static Future<Written> first(
      Change change, UUID sender, UUID to, AsyncResult<List<Forwarded>> sources) {
    return Seats.find(change, to, sender)
        .compose(
            seat ->
                sources.failed()
                    ? Future.failedFuture(sources.cause())
                    : Future.succeededFuture(store(change, sender, to, sources.result())));
  }

  private static Written store(Change change, UUID sender, UUID to, List<Forwarded> messages) {
    List<Event> events =
        messages.stream()
            .map(message -> MessageEvents.sent(sender, message.body(), message.from()))
            .map(shape -> change.append(to, shape))
            .toList();
    Event first = events.get(0);
    return new Written(to, first.seq(), events.size(), first.at(), false);
  }
}
