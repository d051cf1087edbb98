package io.magpie.gateway;

import io.vertx.core.http.ServerWebSocketHandshake;

/** Decides about a request to become a WebSocket, before anything is answered. */
public interface UpgradePolicy {
  Verdict check(ServerWebSocketHandshake handshake);

  /** The connection is a WebSocket from now on. */
  void upgraded(ServerWebSocketHandshake handshake);

  /**
   * @param status HTTP status of the refusal; 0 lets it in
   * @param address of the client
   */
  record Verdict(int status, String address) {}
}
