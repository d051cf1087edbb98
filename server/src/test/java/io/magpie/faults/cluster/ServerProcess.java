package io.magpie.faults.cluster;

import io.magpie.app.embedded.KillableServices;
import io.magpie.testkit.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server JVM as operators run it, in a session of its own, on fixed ports, with its log appended
 * to one file over all its starts. It ends when this JVM does.
 */
public final class ServerProcess {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final Duration LONGEST_START = Duration.ofSeconds(90);

  private static final String DESCRIPTORS = "descriptors=";

  /** What faults.md gives a node; the compiler's first tier, for JVMs that live for minutes. */
  private static final List<String> JVM =
      List.of(
          "-Xmx256m",
          "-XX:MaxDirectMemorySize=96m",
          "-XX:ActiveProcessorCount=2",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dmagpie.stopWithParent=true");

  private final Map<String, String> settings;
  private String classPath = mainClassPath();
  private final List<String> options;
  private final int managementPort;
  private final Path log;
  private Process process;
  private boolean frozen;

  /**
   * @param settings the whole environment but PATH, keys with {@code MAGPIE_}
   * @param options more of the JVM, such as {@code -Dmagpie.seeded-bug=no-gate}; {@code
   *     descriptors=300} is how many files it may open
   */
  ServerProcess(Map<String, String> settings, List<String> options, int managementPort, Path log) {
    this.settings = Map.copyOf(settings);
    this.options = List.copyOf(options);
    this.managementPort = managementPort;
    this.log = log;
  }

  /** Does not wait; see {@link #awaitReady}. */
  public synchronized void start() {
    List<String> line = new ArrayList<>();
    options.stream()
        .filter(option -> option.startsWith(DESCRIPTORS))
        .map(option -> option.substring(DESCRIPTORS.length()))
        .forEach(most -> line.addAll(List.of("prlimit", "--nofile=" + most + ":" + most)));
    line.add("setsid");
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(JVM);
    line.add("-Dmagpie.clock-offset=" + place("clock"));
    line.add("-Dmagpie.block-loop=" + place("block"));
    options.stream().filter(option -> !option.startsWith(DESCRIPTORS)).forEach(line::add);
    line.addAll(List.of("-cp", classPath, "io.magpie.Main"));
    ProcessBuilder builder = new ProcessBuilder(line);
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().putAll(settings);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    frozen = false;
  }

  Map<String, String> settings() {
    return settings;
  }

  private Path place(String what) {
    String name = log.getFileName().toString().replace(".log", "." + what);
    return log.resolveSibling(name).toAbsolutePath();
  }

  /** Writes a file that the server watches, whole at once. */
  void place(String what, String text) {
    Path file = place(what);
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From its next start on it is another version, a whole server in one jar. */
  public synchronized void become(Path jar) {
    classPath = jar.toString();
  }

  /** From its next start on it is of this build again. */
  public synchronized void becomePresent() {
    classPath = mainClassPath();
  }

  /** That of this JVM without the tests' own classes and their logging. */
  private static String mainClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(entry -> !entry.replaceAll("/$", "").endsWith("test-classes"))
        .collect(Collectors.joining(":"));
  }

  /** Until the management port says that it takes work. */
  public void awaitReady() {
    Deadline.await(
        "the server is ready; its log is " + log,
        LONGEST_START,
        () -> {
          if (!isAlive()) {
            throw new AssertionError("the server ended; its log ends with " + tail());
          }
          return isReady();
        });
  }

  public boolean isReady() {
    return status("/health/ready").orElse(0) == 200;
  }

  /** Status of a page of the management port; empty when nobody answers within two seconds. */
  public OptionalInt status(String page) {
    try {
      return OptionalInt.of(get(page).statusCode());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /** A value of its metrics, summed over labels; 0 where it was never counted. */
  public double metric(String name) {
    try {
      return get("/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> get(String page) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + page))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  public synchronized boolean wasStarted() {
    return process != null;
  }

  public synchronized long pid() {
    return process.pid();
  }

  /** SIGKILL; returns when it is gone. */
  public synchronized void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /** SIGSTOP. */
  public synchronized void freeze() {
    KillableServices.signal(process.pid(), "STOP");
    frozen = true;
  }

  /** SIGCONT. */
  public synchronized void thaw() {
    if (frozen && isAlive()) {
      KillableServices.signal(process.pid(), "CONT");
    }
    frozen = false;
  }

  /** SIGTERM; does not wait. */
  public synchronized void terminate() {
    KillableServices.signal(process.pid(), "TERM");
  }

  /**
   * Waits for its end.
   *
   * @return the exit code; 0 also after SIGTERM
   */
  public int awaitExit(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the server did not end within " + within);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How many file descriptors it has open. */
  public int descriptors() {
    try (Stream<Path> list = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      return (int) list.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int threads() {
    return (int) status().getOrDefault("Threads", 0L).longValue();
  }

  /** Resident memory in KiB. */
  public long residentKiB() {
    return status().getOrDefault("VmRSS", 0L);
  }

  private Map<String, Long> status() {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
          .filter(line -> line.matches("\\w+:\\s+\\d+( kB)?"))
          .collect(
              Collectors.toMap(
                  line -> line.substring(0, line.indexOf(':')),
                  line -> Long.parseLong(line.split("\\s+")[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that it wrote, over all its starts. */
  public String log() {
    try {
      return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    String all = log();
    return all.substring(Math.max(0, all.length() - 2_000));
  }

  /** Ends it whatever state it is in. */
  synchronized void end() {
    if (isAlive()) {
      thaw();
      process.destroyForcibly();
      awaitExit(Duration.ofSeconds(10));
    }
  }
}
