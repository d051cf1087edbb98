package io.magpie.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The Node process with the devices of a crowd. Each method waits for the answer of its command and
 * throws an {@link AssertionError} with the driver's own words where it says no. Any thread.
 */
public final class LoadDriver implements AutoCloseable {
  private static final Path PROGRAM =
      Path.of("..", "client-sdk", "e2e", "faults", "driver.mjs").toAbsolutePath().normalize();
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final Duration GOODBYE = Duration.ofSeconds(10);
  private static final Duration SLACK = Duration.ofSeconds(15);

  private final Process process;
  private final Writer commands;
  private final Path history;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();

  private LoadDriver(Process process, Path history) {
    this.process = process;
    this.history = history;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::readAnswers, "load-driver");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts the process; nobody connects yet.
   *
   * @param directory gets {@code driver.json}, {@code driver.log} and the history {@code
   *     driver.jsonl}
   * @param nodes names and addresses past the proxies, for what is read at the end
   * @param entries where devices connect, another one after each cut
   */
  public static LoadDriver start(
      Path directory, long seed, Crowd crowd, Map<String, String> nodes, List<String> entries) {
    Path history = directory.resolve("driver.jsonl").toAbsolutePath();
    ObjectNode config = Json.object().put("seed", seed).put("history", history.toString());
    ArrayNode all = config.putArray("nodes");
    nodes.forEach((name, url) -> all.addObject().put("name", name).put("url", url));
    ArrayNode addresses = config.putArray("entries");
    entries.forEach(addresses::add);
    crowd.describe(config);
    try {
      Files.createDirectories(directory);
      Files.deleteIfExists(history);
      Path file = directory.resolve("driver.json");
      Files.writeString(file, config.toString());
      Process process =
          new ProcessBuilder("node", PROGRAM.toString(), file.toAbsolutePath().toString())
              .redirectError(directory.resolve("driver.log").toFile())
              .start();
      return new LoadDriver(process, history);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path history() {
    return history;
  }

  /** Connects one device of each user and waits until all are live. */
  public void connect(Duration within) {
    call("connect", millis(within), within);
  }

  /** Connects more devices of some users. */
  public void connect(List<Crowd.Person> people, int devices, Duration within) {
    ObjectNode options = millis(within).put("devices", devices);
    ArrayNode users = options.putArray("users");
    people.forEach(person -> users.add(person.id().toString()));
    call("connect", options, within);
  }

  /** Waits until every device is connected and has caught up. */
  public void awaitLive(Duration within) {
    call("live", millis(within), within);
  }

  /** People send into all groups until {@link #pause}. */
  public void load(int sendsPerSecond) {
    load(Json.object().put("rate", sendsPerSecond));
  }

  /**
   * The same with options.
   *
   * @param options {@code rate}, {@code bytes}, {@code conversations}, {@code readBack}
   */
  public void load(ObjectNode options) {
    call("load", options, SHORT);
  }

  /** Removes somebody from some group that often and takes them back soon, until {@link #pause}. */
  public void churn(Duration every) {
    call("churn", Json.object().put("everyMs", every.toMillis()), SHORT);
  }

  /** Stops load and churn. */
  public void pause() {
    call("pause", Json.object(), SHORT);
  }

  /** Stops the load and waits until nothing is on its way and everybody has everything. */
  public void quiesce(Duration within) {
    call("quiesce", millis(within), within);
  }

  /** Reads all streams from every node into the history. */
  public void readAll(Duration within) {
    call("final", Json.object(), within);
  }

  /** Reads all streams from some nodes. */
  public void readAll(List<String> nodes, Duration within) {
    ObjectNode options = Json.object();
    ArrayNode names = options.putArray("nodes");
    nodes.forEach(names::add);
    call("final", options, within);
  }

  /** Resets the sockets of all devices at once. */
  public void cutAll() {
    call("cut", Json.object(), SHORT);
  }

  /** The first devices stop reading, or go on. */
  public void reading(int devices, boolean on) {
    call("read", Json.object().put("count", devices).put("on", on), SHORT);
  }

  /** The first devices close their connections, which they do when nothing of theirs is open. */
  public void leave(int devices) {
    call("leave", Json.object().put("count", devices), SHORT);
  }

  /**
   * Some devices end with their connections from now on, whoever ends these: they do not come back
   * by themselves. They have nothing on its way.
   *
   * @param count how many of each of the nodes
   * @param past how many devices are left out, the first ones
   * @return their users
   */
  public List<UUID> vanish(List<String> nodes, int count, int past) {
    ObjectNode options = Json.object().put("count", count).put("past", past);
    ArrayNode names = options.putArray("nodes");
    nodes.forEach(names::add);
    List<UUID> users = new ArrayList<>();
    call("vanish", options, SHORT)
        .get("users")
        .forEach(user -> users.add(UUID.fromString(user.textValue())));
    return users;
  }

  /** Who left or vanished connects again. */
  public void back() {
    call("back", Json.object(), SHORT);
  }

  /** The first devices watch how all users are from now on. */
  public void watch(int devices) {
    call("watch", Json.object().put("count", devices), SHORT);
  }

  /**
   * How things stand: {@code devices, live, sent, held, churned, open, openAt, lines, nodes,
   * loopMaxMs}.
   */
  public JsonNode stats() {
    return call("stats", Json.object(), SHORT);
  }

  /** Any command of the driver. */
  public JsonNode call(String command, ObjectNode options, Duration within) {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    open.put(id, answer);
    write(options.put("id", id).put("do", command).toString());
    try {
      JsonNode got = answer.get(within.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
      if (!got.get("ok").booleanValue()) {
        throw new AssertionError(command + ": " + got.get("error").textValue());
      }
      return got;
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the driver does not answer: " + command, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode millis(Duration within) {
    return Json.object().put("ms", within.toMillis());
  }

  private synchronized void write(String line) {
    try {
      commands.write(line + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the driver is gone", e);
    }
  }

  private void readAnswers() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode answer = Json.readOwn(line);
        open.remove(answer.get("id").longValue()).complete(answer);
      }
    } catch (IOException e) {
      // it ended; those who wait are told below
    }
    open.values().forEach(one -> one.completeExceptionally(new IllegalStateException("it ended")));
  }

  /** Says goodbye, so that the history is whole. */
  @Override
  public void close() {
    try {
      if (process.isAlive()) {
        call("exit", Json.object(), SHORT);
      }
      if (!process.waitFor(GOODBYE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the driver does not end");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
