package io.magpie.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Bystander;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.RawFrame;
import io.magpie.testkit.RawSocket;
import io.magpie.testkit.TestServer;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whoever has not said hello may have little, and not for long (S-D10 to S-D12, S-D17). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnauthenticatedSocketsIT {
  private TestServer server;
  private Bystander bystander;

  @BeforeAll
  void start() {
    server =
        TestServer.start("UNAUTHENTICATED_DEADLINE", "2s", "UNAUTHENTICATED_PER_ADDRESS", "20");
    bystander = new Bystander(server);
  }

  @AfterAll
  void stop() {
    bystander.close();
    server.close();
  }

  @Test
  void S_D11_sockets_without_hello_are_capped_and_ended_while_others_work() {
    List<RawSocket> open = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      RawSocket socket = RawSocket.to(server.port());
      int status = socket.send(RawSocket.upgradeRequest(server.port(), "")).status();
      assertThat(status).isIn(101, 503);
      refused += status == 503 ? 1 : 0;
      open.add(socket);
      if (i % 100 == 0) {
        assertThat(server.metric("magpie_connections_unauthenticated")).isLessThanOrEqualTo(20);
        long seq = bystander.client().say(bystander.conversation(), "meanwhile");
        bystander.client().event(bystander.conversation(), seq);
      }
    }
    assertThat(refused).isGreaterThan(200);
    open.forEach(RawSocket::close);
    bystander.assertUndisturbed();
  }

  @Test
  void S_D11_a_place_is_given_back_when_the_socket_goes() {
    for (int round = 0; round < 3; round++) {
      List<RawSocket> open = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        open.add(RawSocket.upgraded(server.port()));
      }
      open.forEach(RawSocket::close);
      Deadline.await(
          "places are given back", () -> server.metric("magpie_connections_unauthenticated") == 0);
    }
  }

  @Test
  void S_D12_a_refused_hello_ends_the_socket_although_pings_come() {
    try (RawSocket socket = RawSocket.upgraded(server.port())) {
      socket.text("{\"type\":\"hello\",\"token\":\"nonsense\"}");
      for (int i = 0; i < 3; i++) {
        socket.trySend(RawSocket.frame(RawFrame.PING, true, new byte[0]));
      }
      assertThat(socket.closedWithin(Duration.ofSeconds(8))).isEqualTo(4401);
    }
    bystander.assertUndisturbed();
  }

  @Test
  void S_D12_without_hello_the_socket_ends_although_pings_come() throws Exception {
    try (RawSocket socket = RawSocket.upgraded(server.port())) {
      long end = System.nanoTime() + Duration.ofSeconds(12).toNanos();
      int code = 0;
      while (code == 0 && System.nanoTime() < end) {
        socket.trySend(RawSocket.frame(RawFrame.PING, true, new byte[0]));
        try {
          var frame = socket.read(Duration.ofMillis(300));
          if (frame.isEmpty()) {
            break;
          }
          code = frame.get().opcode() == RawFrame.CLOSE ? frame.get().closeCode() : 0;
          LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        } catch (SocketTimeoutException e) {
          continue;
        }
      }
      assertThat(code).isEqualTo(4401);
    }
    bystander.assertUndisturbed();
  }

  @Test
  void a_client_that_does_not_answer_the_close_frame_is_cut_off() throws Exception {
    try (RawSocket socket = RawSocket.upgraded(server.port())) {
      socket.text("rubbish");
      assertThat(socket.read(Duration.ofSeconds(2)).orElseThrow().text()).contains("bad_request");
      assertThat(socket.read(Duration.ofSeconds(2)).orElseThrow().closeCode()).isEqualTo(4400);
      assertThat(socket.read(Duration.ofSeconds(8))).as("the end of TCP").isEmpty();
    }
    bystander.assertUndisturbed();
  }

  @Test
  void a_request_before_hello_is_refused_and_never_done() {
    try (RawSocket socket = RawSocket.upgraded(server.port())) {
      socket.text("{\"type\":\"request\",\"id\":1,\"op\":\"profile.get\"}");
      assertThat(socket.closedWithin(Duration.ofSeconds(8))).isEqualTo(4401);
    }
  }

  @Test
  void a_second_hello_is_refused_and_the_connection_stays() throws Exception {
    try (RawSocket socket = RawSocket.upgraded(server.port())) {
      String hello = "{\"type\":\"hello\",\"token\":\"" + bystander.user().token() + "\"}";
      byte[] one = RawSocket.frame(RawFrame.TEXT, true, hello.getBytes());
      byte[] two = Arrays.copyOf(one, one.length * 2);
      System.arraycopy(one, 0, two, one.length, one.length);
      socket.send(two);
      assertThat(socket.read(Duration.ofSeconds(5)).orElseThrow().text()).contains("welcome");
      assertThat(socket.read(Duration.ofSeconds(5)).orElseThrow().text()).contains("bad_frame");
      socket.text("{\"type\":\"request\",\"id\":1,\"op\":\"profile.get\"}");
      assertThat(socket.read(Duration.ofSeconds(5)).orElseThrow().text()).contains("\"ok\":true");
    }
    bystander.assertUndisturbed();
  }

  @Test
  void S_D17_a_storm_of_reconnects_is_answered_and_others_work() {
    for (int i = 0; i < 200; i++) {
      try (RawSocket socket = RawSocket.to(server.port())) {
        int status = socket.send(RawSocket.upgradeRequest(server.port(), "")).status();
        assertThat(status).isIn(101, 503);
        if (status == 101) {
          socket.text("{\"type\":\"hello\",\"token\":\"stale\"}");
        }
      }
    }
    bystander.assertUndisturbed();
  }
}
