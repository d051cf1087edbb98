package io.magpie.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.testkit.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
  private ServerSocket target;
  private TcpProxy proxy;
  private Socket client;
  private Socket server;

  @BeforeEach
  void open() throws IOException {
    target = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    proxy = TcpProxy.to(target.getLocalPort());
    client = connect();
    server = target.accept();
    say(client, "hello");
    assertThat(hear(server, 5)).isEqualTo("hello");
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    proxy.close();
    target.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(5_000);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String hear(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(150);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(5_000);
  }

  private static void assertReset(Socket socket) {
    assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  @Test
  void passes_both_ways_and_counts() throws IOException {
    say(server, "welcome");
    assertThat(hear(client, 7)).isEqualTo("welcome");
    assertThat(proxy.counts().links()).isEqualTo(1);
    assertThat(proxy.counts().passed()).isEqualTo(12);
  }

  @Test
  void a_closed_end_closes_the_other_and_a_half_closed_one_only_its_way() throws IOException {
    client.shutdownOutput();
    assertThat(server.getInputStream().read()).isEqualTo(-1);
    say(server, "still");
    assertThat(hear(client, 5)).isEqualTo("still");
    server.close();
    assertThat(client.getInputStream().read()).isEqualTo(-1);
    Deadline.await("the link is over", () -> proxy.links().isEmpty());
  }

  @Test
  void swallows_one_way_and_keeps_the_sockets() throws IOException {
    proxy.rule(Way.TO_CLIENT, ProxyRule.SWALLOW);
    say(server, "lost");
    Deadline.await("it was swallowed", () -> proxy.counts().swallowed() == 4);
    say(client, "kept");
    assertThat(hear(server, 4)).isEqualTo("kept");
    assertSilent(client);
  }

  @Test
  void an_end_is_swallowed_too_and_healing_resets_what_can_never_be_whole() throws IOException {
    proxy.swallow();
    client.close();
    assertSilent(server);
    proxy.up();
    assertReset(server);
    assertThat(proxy.counts().resets()).isEqualTo(1);
  }

  @Test
  void a_connection_that_lost_nothing_survives_the_healing() throws IOException {
    proxy.swallow();
    proxy.up();
    say(client, "whole");
    assertThat(hear(server, 5)).isEqualTo("whole");
  }

  @Test
  void stalls_and_then_delivers_everything() throws IOException {
    proxy.rule(ProxyRule.STALL);
    Deadline.await("it stalls", () -> proxy.counts().stalled() == 2);
    say(client, "later");
    assertSilent(server);
    proxy.up();
    assertThat(hear(server, 5)).isEqualTo("later");
  }

  @Test
  void delays_without_changing_the_order() throws IOException {
    proxy.rule(ProxyRule.delay(Duration.ofMillis(100), Duration.ofMillis(100)));
    long begun = System.nanoTime();
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      say(client, i + ",");
      sent.append(i).append(',');
    }
    assertThat(hear(server, sent.length())).isEqualTo(sent.toString());
    assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(100).toNanos());
    assertThat(proxy.counts().delayed()).isEqualTo(sent.length());
  }

  @Test
  void limits_the_rate_and_delivers_the_end_last() throws IOException {
    proxy.rule(Way.TO_TARGET, ProxyRule.rate(100_000));
    long begun = System.nanoTime();
    say(client, "x".repeat(30_000));
    client.shutdownOutput();
    InputStream in = server.getInputStream();
    assertThat(in.readAllBytes()).hasSize(30_000);
    assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(250).toNanos());
  }

  @Test
  void refuses_while_down_and_works_again_when_up() throws IOException {
    proxy.down();
    assertReset(client);
    assertReset(server);
    try (Socket refused = connect()) {
      assertReset(refused);
    } catch (SocketException e) {
      // the reset came before the first look
    }
    assertThat(proxy.counts().refused()).isEqualTo(1);
    proxy.up();
    client = connect();
    server = target.accept();
    say(client, "again");
    assertThat(hear(server, 5)).isEqualTo("again");
  }

  @Test
  void cuts_after_so_many_bytes() throws IOException {
    proxy.cutAfter(Way.TO_TARGET, 3);
    say(client, "abcdef");
    assertThat(new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("abc");
    assertReset(client);
    assertThat(proxy.counts().cuts()).isEqualTo(1);
  }

  @Test
  void loses_the_answer_to_a_torn_pattern_once() throws IOException {
    proxy.cutAnswerTo("commit");
    say(client, "begin; com");
    assertThat(hear(server, 10)).isEqualTo("begin; com");
    say(server, "ok");
    assertThat(hear(client, 2)).isEqualTo("ok");
    say(client, "mit");
    assertThat(hear(server, 3)).isEqualTo("mit");
    say(server, "committed");
    assertReset(client);
    assertThat(proxy.cuts()).isEqualTo(1);
    client = connect();
    server = target.accept();
    say(client, "commit");
    assertThat(hear(server, 6)).isEqualTo("commit");
    say(server, "fine");
    assertThat(hear(client, 4)).isEqualTo("fine");
  }

  @Test
  void loses_a_share_of_the_answers() throws IOException {
    proxy.cutAnswersTo("commit", 0.0, new Random(1));
    say(client, "commit");
    assertThat(hear(server, 6)).isEqualTo("commit");
    say(server, "ok");
    assertThat(hear(client, 2)).isEqualTo("ok");
    proxy.cutAnswersTo("commit", 1.0, new Random(1));
    say(client, "commit");
    assertThat(hear(server, 6)).isEqualTo("commit");
    say(server, "lost");
    assertReset(client);
  }

  @Test
  void loses_a_share_of_the_requests() throws IOException {
    proxy.cutBefore("commit", 1.0, new Random(1));
    say(client, "begin");
    assertThat(hear(server, 5)).isEqualTo("begin");
    say(client, "commit");
    assertReset(client);
    assertReset(server);
    assertThat(proxy.cuts()).isEqualTo(1);
  }

  @Test
  void does_to_one_connection_what_the_others_do_not_notice() throws IOException {
    ProxyLink first = proxy.links().get(0);
    try (Socket other = connect();
        Socket otherServer = target.accept()) {
      first.swallow();
      say(client, "lost");
      Deadline.await("it was swallowed", () -> proxy.counts().swallowed() == 4);
      say(other, "fine");
      assertThat(hear(otherServer, 4)).isEqualTo("fine");
      first.reset();
      assertReset(client);
      say(otherServer, "still");
      assertThat(hear(other, 5)).isEqualTo("still");
    }
  }
}
