package io.magpie.protocol;

import java.util.Locale;

/**
 * Every way in which a request can be refused or fail, as {@code contract/errors.yaml} lists them.
 * A test holds this enum against that file.
 */
public enum ErrorCode {
  BAD_REQUEST(400, false, "The request is not well-formed."),
  UNKNOWN_FIELD(400, false, "The request has a field that is not known here."),
  MISSING_FIELD(400, false, "A required field is missing."),
  INVALID_FIELD(400, false, "A field has a value that is not allowed."),
  INVALID_TEXT(
      400,
      false,
      "The text holds characters that cannot be stored (NUL, lone surrogates, control or"
          + " direction-changing characters)."),
  TEXT_TOO_LONG(400, false, "The text is too long."),
  UNKNOWN_OPERATION(404, false, "There is no such operation."),
  BAD_FRAME(400, false, "The frame is not one of the protocol."),
  FRAME_TOO_LARGE(413, false, "The frame or body is larger than the limit."),
  INVALID_UTF8(400, false, "The text is not valid UTF-8."),
  BINARY_REFUSED(400, false, "Only text frames are taken."),
  UNSUPPORTED_MEDIA_TYPE(415, false, "The body must be application/json."),
  UNAUTHENTICATED(401, false, "Log in first, or log in again."),
  WRONG_CREDENTIALS(401, false, "User name or password is wrong."),
  TOKEN_EXPIRED(401, false, "The access token has expired."),
  SESSION_REVOKED(401, false, "This session was ended."),
  HELLO_TIMEOUT(408, true, "No hello came in time."),
  OTHER_SUBJECT(403, false, "The token belongs to another user or session."),
  ORIGIN_REFUSED(403, false, "This origin is not allowed."),
  CSRF_REFUSED(403, false, "A request with a cookie needs the X-Magpie-Csrf header."),
  FORBIDDEN(403, false, "You are not allowed to do this."),
  NOT_FOUND(404, false, "It does not exist, or not for you."),
  METHOD_NOT_ALLOWED(405, false, "This method is not allowed here."),
  CONFLICT(409, false, "The present state does not allow this."),
  CLIENT_ID_REUSED(409, false, "This client id was used for another write."),
  USERNAME_TAKEN(409, false, "This user name is taken."),
  LAST_SUPER_ADMIN(409, false, "The last super admin cannot be removed or disabled."),
  PASSWORD_TOO_WEAK(
      400,
      false,
      "The new password needs 8 characters or more and must differ from the user name."),
  LINK_INVALID(404, false, "The link was used, has expired or never existed."),
  GROUP_FULL(409, false, "The group has as many members as it may have."),
  WINDOW_PASSED(409, false, "It is too late to change this message."),
  MESSAGE_RECALLED(409, false, "The message was recalled."),
  TOO_MANY_REACTIONS(409, false, "The message has as many kinds of reactions as it may have."),
  TOO_MANY_KEYS(409, false, "The app has as many keys as it may have."),
  TOO_MANY_WATCHED(409, false, "This connection watches as many people as it may."),
  RATE_LIMITED(429, true, "Too many requests; wait a moment."),
  TOO_MANY_CONNECTIONS(503, true, "Too many connections from here."),
  SUPERSEDED(409, false, "The user opened too many connections; this oldest one was closed."),
  SLOW_CONSUMER(503, true, "The client reads too slowly; reconnect and resume."),
  IDLE_TIMEOUT(408, true, "Nothing was heard for too long."),
  OVERLOADED(503, true, "The server is busy; try again."),
  UNAVAILABLE(503, true, "A service behind the server cannot be reached; try again."),
  STORAGE_FULL(507, true, "The disk of the database is full."),
  TIMEOUT(504, true, "It took too long; try again with the same client id."),
  SHUTTING_DOWN(503, true, "The server is restarting."),
  INTERNAL(500, true, "Something failed inside; the correlation id finds it in the log.");

  private final int status;
  private final boolean retryable;
  private final String text;

  ErrorCode(int status, boolean retryable, String text) {
    this.status = status;
    this.retryable = retryable;
    this.text = text;
  }

  /** The code on the wire, for example {@code not_found}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** Whether the same request may succeed later without being changed. */
  public boolean retryable() {
    return retryable;
  }

  /** English text for developers. */
  public String text() {
    return text;
  }
}
