package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.ServerWebSocket;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What waits for one connection. */
class OutboundTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final GatewayLimits LIMITS =
      new GatewayLimits(
          65_536, 20, 60, 10, MINUTE, 1_000, 20, 10, MINUTE, MINUTE, 1 << 20, 512, MINUTE, 1 << 28,
          200, 200, 8, MINUTE);

  /** A failure would leave all connections behind it in this turn unflushed, for ever. */
  @Test
  void a_socket_that_was_reset_meanwhile_is_asked_nothing() {
    AtomicLong total = new AtomicLong();
    Outbound outbound = new Outbound(reset(), LIMITS, total);
    outbound.event("{}");
    outbound.flush(1);
    assertThat(outbound.empty()).isFalse();
    outbound.clear();
    assertThat(total).hasValue(0);
  }

  /** A WebSocket as Vert.x leaves it after a reset: it throws whatever it is asked. */
  private static ServerWebSocket reset() {
    return (ServerWebSocket)
        Proxy.newProxyInstance(
            ServerWebSocket.class.getClassLoader(),
            new Class<?>[] {ServerWebSocket.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("isClosed")) {
                return true;
              }
              throw new IllegalStateException("WebSocket is closed");
            });
  }
}
