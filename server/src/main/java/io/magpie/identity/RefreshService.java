package io.magpie.identity;

import io.magpie.identity.RefreshRow.Verdict;
import io.magpie.identity.token.OpaqueToken;
import io.magpie.identity.token.RefreshChain;
import io.magpie.operation.Peer;
import io.magpie.operation.WithCookie;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Exchanges a refresh token for its successor and a new access token. A token that is shown again
 * although its successor is in use, or after the grace, was copied: its session ends.
 */
final class RefreshService {
  private final Database database;
  private final RefreshStore store;
  private final SessionStore sessions;
  private final RevocationStore revocations;
  private final RefreshChain chain;
  private final SessionService service;
  private final SessionRevocations announcements;
  private final Clock clock;

  RefreshService(
      Database database,
      Stores stores,
      RefreshChain chain,
      SessionService service,
      SessionRevocations announcements,
      Clock clock) {
    this.database = database;
    this.store = stores.refreshTokens();
    this.sessions = stores.sessions();
    this.revocations = stores.revocations();
    this.chain = chain;
    this.service = service;
    this.announcements = announcements;
    this.clock = clock;
  }

  /**
   * New tokens for a refresh token.
   *
   * @return fails with RequestError {@code unauthenticated} or {@code session_revoked}
   */
  Future<Tokens> refresh(String value, Peer peer) {
    return exchange(value, peer)
        .onSuccess(outcome -> announcements.announce(outcome.ended()))
        .compose(
            outcome ->
                outcome
                    .next()
                    .map(next -> answer(outcome.session(), next))
                    .orElseGet(() -> refuse(outcome.verdict())));
  }

  private Future<Tokens> answer(UUID session, OpaqueToken next) {
    return sessions
        .live(session)
        .compose(
            live ->
                live.map(
                        found ->
                            Future.succeededFuture(
                                service.tokens(
                                    found.account(), new SessionService.Opened(session, next))))
                    .orElseGet(() -> refuse(Verdict.REUSED)));
  }

  private static Future<Tokens> refuse(Verdict verdict) {
    return Future.failedFuture(
        RequestError.of(
            verdict == Verdict.UNKNOWN ? ErrorCode.UNAUTHENTICATED : ErrorCode.SESSION_REVOKED));
  }

  /** New access token for the session in a cookie; the cookie stays and lives on. */
  Future<WithCookie> refreshCookie(String value, Peer peer) {
    if (!OpaqueToken.looksLike(OpaqueToken.Kind.COOKIE, value)) {
      return Future.failedFuture(RequestError.of(ErrorCode.UNAUTHENTICATED));
    }
    return sessions
        .liveByCookie(new OpaqueToken(value).hash())
        .compose(
            found ->
                found
                    .map(live -> extended(live, value, peer))
                    .orElseGet(
                        () -> Future.failedFuture(RequestError.of(ErrorCode.SESSION_REVOKED))));
  }

  private Future<WithCookie> extended(LiveSession live, String value, Peer peer) {
    return database
        .transaction(tx -> sessions.extend(tx, live.id(), service.life(), peer.address()))
        .map(
            done ->
                new WithCookie(service.tokens(live.account(), live.id()), value, service.life()));
  }

  /** What came of it; a reuse must be committed and announced before it is refused. */
  private record Outcome(
      Verdict verdict, UUID session, Optional<OpaqueToken> next, List<UUID> ended) {
    private static Outcome refused(Verdict verdict) {
      return new Outcome(verdict, new UUID(0, 0), Optional.empty(), List.of());
    }
  }

  private Future<Outcome> exchange(String value, Peer peer) {
    if (!OpaqueToken.looksLike(OpaqueToken.Kind.REFRESH, value)) {
      return Future.succeededFuture(Outcome.refused(Verdict.UNKNOWN));
    }
    OpaqueToken token = new OpaqueToken(value);
    return database.transaction(
        tx ->
            store
                .lock(tx, token.hash())
                .compose(
                    row ->
                        row.isEmpty()
                            ? Future.succeededFuture(Outcome.refused(Verdict.UNKNOWN))
                            : judge(tx, token, row.get(), peer)));
  }

  private Future<Outcome> judge(SqlConnection tx, OpaqueToken token, RefreshRow row, Peer peer) {
    return switch (row.verdict(clock.instant())) {
      case UNKNOWN, ENDED -> Future.succeededFuture(Outcome.refused(Verdict.ENDED));
      case ROTATE -> rotate(tx, token, row, peer);
      case REPEAT -> repeat(tx, token, row);
      case REUSED -> end(tx, row);
    };
  }

  private Future<Outcome> rotate(SqlConnection tx, OpaqueToken token, RefreshRow row, Peer peer) {
    OpaqueToken next = chain.next(token);
    return store
        .insert(tx, row.session(), next.hash(), service.life())
        .compose(done -> store.use(tx, token.hash(), next.hash()))
        .compose(done -> sessions.extend(tx, row.session(), service.life(), peer.address()))
        .map(new Outcome(Verdict.ROTATE, row.session(), Optional.of(next), List.of()));
  }

  /** When the key that made the successor is gone, the only safe answer is that of a copy. */
  private Future<Outcome> repeat(SqlConnection tx, OpaqueToken token, RefreshRow row) {
    Optional<OpaqueToken> given =
        row.successor().flatMap(successor -> chain.given(token, successor));
    return given.isPresent()
        ? Future.succeededFuture(new Outcome(Verdict.REPEAT, row.session(), given, List.of()))
        : end(tx, row);
  }

  private Future<Outcome> end(SqlConnection tx, RefreshRow row) {
    SecurityLog.warn("refresh.reused")
        .with("user", row.user())
        .with("session", row.session())
        .write();
    return revocations
        .revoke(tx, row.session(), "refresh token used twice")
        .map(ended -> new Outcome(Verdict.REUSED, row.session(), Optional.empty(), ended));
  }
}
