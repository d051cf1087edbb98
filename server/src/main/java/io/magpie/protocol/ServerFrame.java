package io.magpie.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the server sends, as the schema {@code ServerFrame} describes it; the type comes first. */
public sealed interface ServerFrame {

  /** Limits of this connection, as the contract's {@code Limits}. */
  record Limits(
      int frameBytes,
      int messageCodePoints,
      int messageBytes,
      int framesPerSecond,
      int framesBurst,
      int groupMembers,
      long recallSeconds,
      long editSeconds) {}

  /** A stream that is the client's; every event after {@code after} will be pushed. */
  record StreamState(UUID stream, String kind, long head, long after) {}

  /** Answers hello. */
  record Welcome(
      String type,
      UUID connection,
      UUID session,
      UUID user,
      String node,
      UUID epoch,
      Instant serverTime,
      long heartbeatMs,
      Instant expiresAt,
      Limits limits,
      List<String> features,
      List<StreamState> streams,
      boolean more)
      implements ServerFrame {}

  /** More streams after a welcome. */
  record Streams(String type, List<StreamState> streams, boolean more) implements ServerFrame {
    public Streams(List<StreamState> streams, boolean more) {
      this("streams", streams, more);
    }
  }

  /** A request was done. */
  record ReplyOk(String type, long id, boolean ok, Object result) implements ServerFrame {
    public ReplyOk(long id, Object result) {
      this("reply", id, true, result);
    }
  }

  /** A request was refused or failed. */
  record ReplyError(String type, long id, boolean ok, ErrorBody error) implements ServerFrame {
    public ReplyError(long id, ErrorBody error) {
      this("reply", id, false, error);
    }
  }

  /** Something is wrong with a frame that was no request. */
  record ErrorFrame(String type, ErrorBody error, boolean close) implements ServerFrame {
    public ErrorFrame(ErrorBody error, boolean close) {
      this("error", error, close);
    }
  }

  /** Alive, and what was pushed so far. */
  record Heartbeat(String type, Instant at, Map<UUID, Long> heads, int count, long hash)
      implements ServerFrame {
    public Heartbeat(Instant at, Map<UUID, Long> heads, int count, long hash) {
      this("heartbeat", at, heads, count, hash);
    }
  }

  /** A stream cannot be resumed from the client's cursor. */
  record ResyncRequired(String type, UUID stream, long first, long head, String reason)
      implements ServerFrame {
    public ResyncRequired(UUID stream, long first, long head, String reason) {
      this("resync_required", stream, first, head, reason);
    }
  }

  /** The access token ends soon. */
  record TokenExpiring(String type, Instant expiresAt) implements ServerFrame {
    public TokenExpiring(Instant expiresAt) {
      this("token_expiring", expiresAt);
    }
  }

  /** The connection will be closed. */
  record GoAway(String type, String reason, long retryAfterMs) implements ServerFrame {
    public GoAway(String reason, long retryAfterMs) {
      this("go_away", reason, retryAfterMs);
    }
  }

  /** The frame's text as UTF-8. */
  default byte[] utf8() {
    return Json.writeBytes(this);
  }
}
