package io.magpie.message;

import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.PageCursor;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/** Reading: {@code message.history}, {@code .thread}, {@code .get}, {@code pin.list}. */
final class MessageHistory {
  private final MessageReader reader;

  MessageHistory(MessageReader reader) {
    this.reader = reader;
  }

  void register(Operations operations) {
    operations
        .user("message.history", this::history)
        .user("message.thread", this::thread)
        .user("message.get", this::get)
        .user("pin.list", this::pins);
  }

  private Future<?> history(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    OptionalLong before = params.optionalSeq("before");
    OptionalLong after = params.optionalPosition("after");
    OptionalLong around = params.optionalSeq("around");
    Optional<Instant> at = params.optionalInstant("at");
    int limit = params.limit();
    params.end();
    onlyOne(params, "before", "after", "around", "at");
    UUID user = call.user().id();
    Future<Window> window =
        at.isPresent()
            ? reader.seqAt(conversation, at.get()).map(seq -> Window.from(seq, limit))
            : Future.succeededFuture(window(before, after, around, limit));
    return window.compose(w -> reader.page(conversation, user, OptionalLong.empty(), w));
  }

  private Future<?> thread(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    long seq = params.seq("seq");
    OptionalLong before = params.optionalSeq("before");
    OptionalLong after = params.optionalPosition("after");
    int limit = params.limit();
    params.end();
    onlyOne(params, "before", "after");
    UUID user = call.user().id();
    Window window = window(before, after, OptionalLong.empty(), limit);
    return reader
        .one(conversation, user, seq)
        .compose(
            root -> {
              if (root.thread().isPresent()) {
                throw RequestError.of(ErrorCode.NOT_FOUND);
              }
              return reader.page(conversation, user, OptionalLong.of(seq), window);
            });
  }

  private Future<?> get(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    long seq = params.seq("seq");
    params.end();
    return reader.one(conversation, call.user().id(), seq);
  }

  /** {@code PinPage} of the contract. */
  record PinPage(List<Message> items, Optional<String> next) {}

  private Future<?> pins(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    long before =
        params
            .cursor()
            .map(cursor -> PageCursor.read(cursor, keys -> Long.parseLong(keys.get(0))))
            .orElse(Long.MAX_VALUE);
    int limit = params.limit();
    params.end();
    return reader
        .pinned(conversation, call.user().id(), before, limit + 1)
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<Message> items =
                  found.stream().limit(limit).map(MessageReader.Pinned::message).toList();
              return new PinPage(
                  items,
                  more
                      ? Optional.of(PageCursor.of(found.get(limit - 1).event()))
                      : Optional.empty());
            });
  }

  private static Window window(
      OptionalLong before, OptionalLong after, OptionalLong around, int limit) {
    if (before.isPresent()) {
      return Window.before(before.getAsLong(), limit);
    }
    if (after.isPresent()) {
      return Window.from(after.getAsLong() + 1, limit);
    }
    return around.isPresent() ? Window.around(around.getAsLong(), limit) : Window.newest(limit);
  }

  private static void onlyOne(Params params, String... names) {
    List<String> given = Stream.of(names).filter(params::has).toList();
    if (given.size() > 1) {
      throw params.error(
          ErrorCode.INVALID_FIELD, given.get(1), "cannot be given beside " + given.get(0));
    }
  }
}
