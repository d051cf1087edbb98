package io.magpie.conversation;

import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Json;
import io.magpie.protocol.Params;
import io.magpie.stream.Change;
import io.magpie.stream.Event;
import io.magpie.stream.NewEvent;
import io.magpie.stream.Writer;
import io.magpie.stream.Written;
import io.magpie.stream.WrittenBody;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * {@code conversation.settings} and {@code draft.set}: what a user keeps for all devices. Where
 * nothing changes there is no event.
 */
final class OwnStateOperations {
  private static final int DRAFT_CODE_POINTS = 8_000;
  private static final int DRAFT_BYTES = 32 * 1024;

  private static final String SET =
      """
      update conversation_member set muted = $3, pinned = $4, archived = $5
      where conversation_id = $1 and user_id = $2
      """;

  private static final String DRAFT =
      """
      update conversation_member set draft_text = $3, draft_reply_to = $4, draft_at = $5
      where conversation_id = $1 and user_id = $2
      """;

  private final Writer writer;

  OwnStateOperations(Writer writer) {
    this.writer = writer;
  }

  void register(Operations operations) {
    operations.user("conversation.settings", this::settings).user("draft.set", this::draft);
  }

  /** {@code data.settings.changed} of the contract. */
  record SettingsChanged(UUID conversation, boolean muted, boolean pinned, boolean archived) {}

  /** {@code data.draft.changed} of the contract. */
  record DraftChanged(UUID conversation, String text, OptionalLong replyTo) {
    private boolean changes(OwnRow row) {
      return !row.draft().orElse("").equals(text) || !row.draftReplyTo().equals(replyTo);
    }
  }

  private record Asked(
      Optional<Boolean> muted, Optional<Boolean> pinned, Optional<Boolean> archived) {
    Settings over(Settings now) {
      return new Settings(
          muted.orElse(now.muted()), pinned.orElse(now.pinned()), archived.orElse(now.archived()));
    }
  }

  private Future<?> settings(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    Asked asked =
        new Asked(
            params.optionalFlag("muted"),
            params.optionalFlag("pinned"),
            params.optionalFlag("archived"));
    params.end();
    if (params.size() < 2) {
      throw params.error(ErrorCode.MISSING_FIELD, "muted", "or another setting is required");
    }
    UUID user = call.user().id();
    return writer
        .change(
            Set.of(user),
            change ->
                OwnRow.find(change, conversation, user)
                    .compose(row -> set(change, user, conversation, row.settings(), asked)))
        .map(WrittenBody::of);
  }

  private static Future<Written> set(
      Change change, UUID user, UUID conversation, Settings now, Asked asked) {
    Settings wanted = asked.over(now);
    if (wanted.equals(now)) {
      return Future.succeededFuture(change.unchanged(user));
    }
    Event event =
        change.append(
            user,
            NewEvent.change(
                "settings.changed",
                user,
                Json.write(
                    new SettingsChanged(
                        conversation, wanted.muted(), wanted.pinned(), wanted.archived()))));
    return change
        .query(
            SET, Tuple.of(conversation, user, wanted.muted(), wanted.pinned(), wanted.archived()))
        .map(stored -> change.written(event));
  }

  private Future<?> draft(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid("conversation");
    String text = params.text("text", 0, DRAFT_CODE_POINTS, DRAFT_BYTES);
    OptionalLong replyTo = params.optionalSeq("replyTo");
    params.end();
    DraftChanged draft =
        new DraftChanged(conversation, text, text.isEmpty() ? OptionalLong.empty() : replyTo);
    UUID user = call.user().id();
    return writer
        .change(
            Set.of(user),
            change ->
                OwnRow.find(change, conversation, user)
                    .compose(row -> keep(change, user, row, draft)))
        .map(WrittenBody::of);
  }

  private static Future<Written> keep(Change change, UUID user, OwnRow row, DraftChanged draft) {
    if (!draft.changes(row)) {
      return Future.succeededFuture(change.unchanged(user));
    }
    Event event = change.append(user, NewEvent.change("draft.changed", user, Json.write(draft)));
    boolean gone = draft.text().isEmpty();
    return change
        .query(
            DRAFT,
            Tuple.of(
                draft.conversation(),
                user,
                gone ? null : draft.text(),
                draft.replyTo().isPresent() ? draft.replyTo().getAsLong() : null,
                gone ? null : event.at().atOffset(ZoneOffset.UTC)))
        .map(stored -> change.written(event));
  }
}
