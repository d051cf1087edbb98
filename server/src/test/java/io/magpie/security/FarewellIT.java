package io.magpie.security;

import static io.magpie.testkit.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Deadline;
import io.magpie.testkit.RawFrame;
import io.magpie.testkit.RawSocket;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The close frame comes first and arrives, whatever the peer goes on sending, and then the socket
 * ends, whatever the peer does not take (S-D01, S-D06).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FarewellIT {
  private static final int LIMIT = 64 * 1024;
  private static final Duration SOON = Duration.ofSeconds(8);

  private AttackedServer server;

  @BeforeAll
  void start() {
    server = new AttackedServer("SOCKETS_PER_USER", "50");
  }

  @AfterEach
  void nobody_else_noticed() {
    server.assertUndisturbed();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static byte[] pings(int count) {
    ByteArrayOutputStream pings = new ByteArrayOutputStream();
    byte[] ping = frame(RawFrame.PING, true, new byte[125]);
    for (int i = 0; i < count; i++) {
      pings.writeBytes(ping);
    }
    return pings.toByteArray();
  }

  /** Until nothing is taken any more, which must come soon. */
  private static CompletableFuture<Long> floods(RawSocket socket) {
    byte[] flood = pings(1_000);
    return CompletableFuture.supplyAsync(
        () -> {
          long sent = 0;
          while (socket.trySend(flood)) {
            sent += flood.length;
          }
          return sent;
        });
  }

  @Test
  void S_D06_who_floods_with_pings_reads_1008_and_no_pong_after_it() throws Exception {
    try (RawSocket socket = server.live()) {
      CompletableFuture<Long> flood = floods(socket);
      int pongs = 0;
      Optional<RawFrame> next = socket.read(SOON);
      while (next.isPresent() && next.get().opcode() == RawFrame.PONG) {
        pongs++;
        next = socket.read(SOON);
      }
      assertThat(next.orElseThrow().text()).contains("rate_limited");
      assertThat(socket.read(SOON).orElseThrow().closeCode()).isEqualTo(1008);
      assertThat(pongs).as("answered before the limit").isBetween(20, 40);
      assertThat(socket.read(SOON)).as("after the close frame").isEmpty();
      assertThat(flood).succeedsWithin(SOON);
    }
  }

  @Test
  void S_D06_a_flood_that_says_goodbye_ends_as_agreed() throws Exception {
    try (RawSocket socket = server.live()) {
      socket.send(pings(300));
      assertThat(socket.closedWithin(SOON)).isEqualTo(1008);
    }
  }

  @Test
  void S_D06_floods_that_nobody_reads_fill_no_memory_and_are_cut() throws Exception {
    long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    List<RawSocket> sockets = new ArrayList<>();
    List<CompletableFuture<Long>> floods = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      RawSocket socket = server.live(RawSocket.withSmallBuffer(server.port()));
      sockets.add(socket);
      floods.add(floods(socket));
    }
    long most = 0;
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!floods.stream().allMatch(CompletableFuture::isDone) && System.nanoTime() < end) {
      most = Math.max(most, PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before);
      Thread.onSpinWait();
    }
    long sent = 0;
    for (CompletableFuture<Long> flood : floods) {
      assertThat(flood).isCompleted();
      sent += flood.join();
    }
    assertThat(sent).as("bytes that were taken").isGreaterThan(20L << 20).isLessThan(400L << 20);
    assertThat(most).as("direct memory").isLessThan(48L << 20);
    sockets.forEach(RawSocket::close);
  }

  @Test
  void S_D01_the_close_frame_is_read_although_much_more_was_on_its_way() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (RawSocket socket = server.live()) {
        byte[] large = frame(RawFrame.TEXT, true, new byte[2 * 1024 * 1024]);
        assertThat(socket.trySend(large)).as("taken as a whole").isTrue();
        assertThat(socket.read(SOON).map(RawFrame::closeCode)).contains(1009);
        assertThat(socket.read(SOON)).isEmpty();
      }
    }
  }

  @Test
  void S_D01_so_it_is_after_fragments() throws Exception {
    try (RawSocket socket = server.live()) {
      byte[] part = new byte[LIMIT / 2 + 1];
      socket.send(frame(RawFrame.TEXT, false, part));
      for (int i = 0; i < 20; i++) {
        assertThat(socket.trySend(frame(RawFrame.CONTINUATION, false, part))).isTrue();
      }
      assertThat(socket.closedWithin(SOON)).isEqualTo(1009);
    }
  }

  /** What waits for somebody who reads nothing keeps the close frame from being written at all. */
  @Test
  void who_takes_not_even_the_close_frame_is_cut() throws Exception {
    try (RawSocket socket = server.live(RawSocket.withSmallBuffer(server.port()))) {
      byte[] request =
          frame(RawFrame.TEXT, true, "{\"type\":\"request\",\"id\":1,\"op\":\"me\"}".getBytes());
      Deadline.await("the end of TCP", Duration.ofSeconds(20), () -> !socket.trySend(request));
    }
  }
}
