package io.magpie.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The built jar as a process of its own, on loopback, with a data directory that goes with it. */
final class ServerProcess implements AutoCloseable {
  static final String PASSWORD = "demo pass 鹊桥";

  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(40);

  private final Path directory;
  private final Process process;
  private final String url;

  private ServerProcess(Path directory, Process process, String url) {
    this.directory = directory;
    this.process = process;
    this.url = url;
  }

  /** Starts it and waits until it is ready. */
  static ServerProcess start(Path jar) throws IOException {
    Path directory = Files.createTempDirectory("magpie-gatling-");
    int port = freePort();
    ProcessBuilder command =
        new ProcessBuilder(List.of(java(), "-jar", jar.toString()))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("server.log").toFile());
    command.environment().put("MAGPIE_DATA_DIR", directory.resolve("data").toString());
    command.environment().put("MAGPIE_DEMO_PASSWORD", PASSWORD);
    command.environment().put("MAGPIE_HTTP_PORT", String.valueOf(port));
    command.environment().put("MAGPIE_MANAGEMENT_PORT", "0");
    command.environment().put("MAGPIE_EXEMPT_NETWORKS", "127.0.0.0/8");
    ServerProcess server =
        new ServerProcess(directory, command.start(), "http://127.0.0.1:" + port);
    try {
      server.awaitReady();
      return server;
    } catch (IllegalStateException e) {
      String log = Files.readString(directory.resolve("server.log"));
      server.close();
      throw new IllegalStateException(e.getMessage() + ":\n" + log, e);
    }
  }

  String url() {
    return url;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + START.toNanos();
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest health = HttpRequest.newBuilder(URI.create(url + "/health/ready")).build();
    while (!ready(client, health)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("The server ended with " + process.exitValue());
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("The server was not ready in " + START);
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static boolean ready(HttpClient client, HttpRequest health) {
    try {
      return client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(ServerProcess::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
