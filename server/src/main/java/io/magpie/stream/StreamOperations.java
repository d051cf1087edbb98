package io.magpie.stream;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Params;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Operations on streams of any kind: which are mine, and what comes after a cursor. */
public final class StreamOperations {
  private final StreamReader reader;
  private final UUID epoch;

  public StreamOperations(StreamReader reader, UUID epoch) {
    this.reader = reader;
    this.epoch = epoch;
  }

  public void register(Operations operations) {
    operations.user("stream.list", this::list).user("stream.events", this::events);
  }

  private record Head(UUID stream, String kind, long head) {}

  private record HeadPage(List<Head> items, Optional<String> next, UUID epoch) {}

  /** The events are written as they were encoded once. */
  private record Events(@JsonRawValue List<String> events, long upTo, long head) {}

  private Future<HeadPage> list(Call call) {
    Params params = call.params();
    int limit = params.limit();
    Optional<UUID> after = params.cursor().map(text -> cursor(params, text));
    params.end();
    return reader
        .own(call.user().id(), after, limit + 1)
        .map(
            found -> {
              List<Head> items =
                  found.stream()
                      .limit(limit)
                      .map(own -> new Head(own.stream(), own.kind().code(), own.head()))
                      .toList();
              Optional<String> next =
                  found.size() > limit
                      ? Optional.of(cursor(items.get(limit - 1).stream()))
                      : Optional.empty();
              return new HeadPage(items, next, epoch);
            });
  }

  private Future<Events> events(Call call) {
    Params params = call.params();
    UUID stream = params.uuid("stream");
    long after = params.integer("after", 0, Params.MAX_INTEGER);
    int limit = params.limit();
    params.end();
    return reader
        .events(call.user().id(), stream, after, limit)
        .map(
            page ->
                new Events(
                    page.events().stream().map(Event::json).toList(), page.upTo(), page.head()));
  }

  private static String cursor(UUID id) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private static UUID cursor(Params params, String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == 16) {
        return new UUID(bytes.getLong(), bytes.getLong());
      }
    } catch (IllegalArgumentException e) {
      // answered below, like any other cursor that is none
    }
    throw params.error(ErrorCode.INVALID_FIELD, "cursor", "is not a cursor of a page");
  }
}
