package io.magpie.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * haproxy or nginx of Debian with its file from cluster-config/proxy, before one server and two
 * addresses at which nobody listens. Ends with {@link #close}.
 */
final class DebianProxy implements AutoCloseable {
  private static final Path FILES = Path.of("../cluster-config/proxy").toAbsolutePath().normalize();

  /** Nobody listens there: it is for privileged programs of long ago. */
  private static final String NOBODY = "127.0.0.1:1";

  private final Path root;
  private final int port;
  private final Process process;

  private DebianProxy(Path root, int port, Process process) {
    this.root = root;
    this.port = port;
    this.process = process;
  }

  /** What {@code haproxy -c} says of the file as it is; its exit code must be 0. */
  static String checkHaproxy() throws Exception {
    return check("/usr/sbin/haproxy", "-c", "-f", FILES.resolve("haproxy.cfg").toString());
  }

  /** What {@code nginx -t} says of the file as it is; its exit code must be 0. */
  static String checkNginx() throws Exception {
    return check("/usr/sbin/nginx", "-t", "-c", FILES.resolve("nginx.conf").toString());
  }

  static DebianProxy haproxy(TestServer server) throws Exception {
    int port = freePort();
    Map<String, String> here =
        Map.of(
            "bind :8080",
            "bind 127.0.0.1:" + port,
            "magpie-1:8080",
            "127.0.0.1:" + server.port(),
            "magpie-2:8080",
            NOBODY,
            "magpie-3:8080",
            NOBODY);
    Path root = Files.createTempDirectory("haproxy");
    Path file = fitted("haproxy.cfg", here, root);
    return start(root, port, List.of("/usr/sbin/haproxy", "-db", "-f", file.toString()));
  }

  static DebianProxy nginx(TestServer server) throws Exception {
    int port = freePort();
    Map<String, String> here =
        Map.of(
            "listen 8080",
            "listen 127.0.0.1:" + port,
            "127.0.0.1:8081",
            NOBODY,
            "127.0.0.1:8082",
            NOBODY,
            "127.0.0.1:8083",
            "127.0.0.1:" + server.port());
    Path root = Files.createTempDirectory("nginx");
    Path file = fitted("nginx.conf", here, root);
    String own = "daemon off; error_log stderr; pid " + root.resolve("pid") + ";";
    return start(root, port, List.of("/usr/sbin/nginx", "-c", file.toString(), "-g", own));
  }

  int port() {
    return port;
  }

  private static DebianProxy start(Path root, int port, List<String> command) throws IOException {
    Path log = root.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    DebianProxy proxy = new DebianProxy(root, port, process);
    Deadline.await(
        "the proxy, see " + log, Duration.ofSeconds(15), () -> listens(port) || !process.isAlive());
    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    return proxy;
  }

  /** The file with the addresses of this machine in place of its own, of which each stands once. */
  private static Path fitted(String name, Map<String, String> here, Path root) throws IOException {
    String text = Files.readString(FILES.resolve(name));
    for (String address : here.keySet()) {
      assertThat(text).containsOnlyOnce(address);
    }
    for (Map.Entry<String, String> change : here.entrySet()) {
      text = text.replace(change.getKey(), change.getValue());
    }
    return Files.writeString(root.resolve(name), text);
  }

  private static String check(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      new ProcessBuilder("rm", "-rf", root.toString()).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
