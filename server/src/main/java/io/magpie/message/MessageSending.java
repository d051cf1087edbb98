package io.magpie.message;

import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.operation.Shedding;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Json;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.magpie.stream.Append;
import io.magpie.stream.ClientWrite;
import io.magpie.stream.NewEvent;
import io.magpie.stream.ReaderRole;
import io.magpie.stream.Writer;
import io.magpie.stream.Written;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * {@code message.send}. Everything up to {@link Writer#append} happens within the call: messages of
 * one sender keep their order because nothing here waits. What must be looked up (membership, the
 * role that may mention everybody, the users mentioned, the messages pointed at, earlier tries) is
 * looked up by the writer inside its transaction.
 */
final class MessageSending {
  static final String SENT = "message.sent";

  private static final String SEND = "message.send";
  private static final String CONVERSATION = "conversation";

  private static final String MENTION =
      "insert into mention (stream_id, seq, user_id) values ($1, $2, $3)";

  private final Writer writer;
  private final MessageLimits limits;

  MessageSending(Writer writer, MessageLimits limits) {
    this.writer = writer;
    this.limits = limits;
  }

  void register(Operations operations) {
    operations.user(SEND, this::send);
    operations.shed(
        new Shedding(SEND, CONVERSATION, writer::pressed, writer::full, Writer.OVERLOADED));
  }

  /** {@code MessageSendResult} of the contract. */
  record Result(UUID conversation, long seq, Instant at, boolean duplicate) {
    static Result of(Written written) {
      return new Result(written.stream(), written.seq(), written.at(), written.duplicate());
    }
  }

  private Future<?> send(Call call) {
    Params params = call.params();
    UUID conversation = params.uuid(CONVERSATION);
    UUID clientId = params.uuid("clientId");
    Body body = MessageParams.body(params, limits);
    Optional<Mentions> mentions = MessageParams.mentions(params);
    OptionalLong replyTo = params.optionalSeq("replyTo");
    OptionalLong thread = params.optionalSeq("thread");
    params.end();
    UUID sender = call.user().id();
    notInbox(conversation, sender);
    SentData data =
        new SentData(
            Optional.of(clientId), Optional.of(body), mentions, replyTo, thread, Optional.empty());
    return writer.append(append(conversation, sender, clientId, data)).map(Result::of);
  }

  private static Append append(UUID conversation, UUID sender, UUID clientId, SentData data) {
    String json = Json.write(data);
    List<Append.Ref> refs = new ArrayList<>();
    data.replyTo().ifPresent(seq -> refs.add(new Append.Ref("replyTo", seq, false)));
    data.thread().ifPresent(seq -> refs.add(new Append.Ref("thread", seq, true)));
    return new Append(
        conversation,
        new ClientWrite(
            sender, clientId, ClientWrite.fingerprint(SEND + " " + conversation + json)),
        NewEvent.entry(SENT, sender, json, data.thread()),
        mentionRole(data.mentions()),
        refs,
        Mentions.named(data.mentions()),
        data.mentions().map(Mentions::rows).orElse(List.of()).stream()
            .map(user -> new Append.Side(MENTION, user))
            .toList());
  }

  /** Everybody is mentioned by owner and admins; a direct conversation has neither. */
  static ReaderRole mentionRole(Optional<Mentions> mentions) {
    return mentions.filter(Mentions::all).isPresent() ? ReaderRole.ADMIN : ReaderRole.MEMBER;
  }

  /** A user reads the own inbox stream too, but it is no conversation. */
  static void notInbox(UUID conversation, UUID sender) {
    if (conversation.equals(sender)) {
      throw RequestError.of(ErrorCode.NOT_FOUND);
    }
  }
}
