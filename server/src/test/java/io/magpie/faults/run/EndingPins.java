package io.magpie.faults.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.faults.cluster.Node;
import io.magpie.faults.load.Crowd;
import io.magpie.protocol.Json;
import io.magpie.testkit.Deadline;
import io.magpie.testkit.TestHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Leased jobs whose effect can be counted: pins that end by themselves, in a conversation of people
 * without devices. Each must be unpinned by an event of its own, once.
 */
final class EndingPins {
  /** How long a node has a job before another one may take it. */
  static final Duration LEASE = Duration.ofSeconds(15);

  private static final Duration LATEST = Duration.ofSeconds(60);
  private static final String JOBS =
      "select count(*) from job where kind = 'pin.expiry' and key like '%s:%%'%s";
  private static final String EFFECTS =
      """
      select count(*) || ' effects on ' || count(distinct data->>'message') || ' messages'
      from event where stream_id = '%s' and kind = 'message.unpinned'
      """;

  private final Scene scene;
  private final Crowd crowd;
  private int pins;

  private EndingPins(Scene scene, Crowd crowd) {
    this.scene = scene;
    this.crowd = crowd;
  }

  static EndingPins in(Scene scene) {
    TestHttp http = new TestHttp(scene.cluster().node(1).directUrl());
    long seed = scene.random().nextLong();
    return new EndingPins(scene, Crowd.make(http, scene.cluster().adminToken(), 2, 1, 2, seed));
  }

  /**
   * Pins messages of its own.
   *
   * @param first how long a pin stays at least
   * @param last when the last one ends, from now; the others before, where there is time to set
   *     them
   */
  void set(int number, Duration first, Duration last) {
    Instant now = Instant.now();
    Duration step = last.minus(first).dividedBy(number);
    String messages = "/conversations/" + group().id() + "/messages";
    for (int i = 0; i < number; i++) {
      Instant planned = now.plus(first).plus(step.multipliedBy(i));
      ObjectNode message = Json.object().put("clientId", UUID.randomUUID().toString());
      message.putObject("body").put("type", "text").put("text", "pinned " + i);
      JsonNode stored = ask("POST", messages, message);
      String pin = messages + "/" + stored.get("seq").longValue() + "/pin";
      Instant soonest = Instant.now().plus(first);
      Instant until = planned.isBefore(soonest) ? soonest : planned;
      ask("PUT", pin, Json.object().put("until", until.toString()));
      pins++;
    }
  }

  /** One person asks for all of it, faster than one may. */
  private JsonNode ask(String method, String path, ObjectNode body) {
    TestHttp http = new TestHttp(scene.cluster().node(1).directUrl());
    TestHttp.Answer[] answer = {null};
    Deadline.await(
        "it is not too fast",
        LATEST,
        () -> {
          answer[0] = http.send(method, path, token(), body.toString());
          return answer[0].status() != 429;
        });
    return answer[0].ok();
  }

  private Crowd.Group group() {
    return crowd.groups().get(0);
  }

  private String token() {
    return crowd.people().stream()
        .filter(person -> person.id().equals(group().owner()))
        .findFirst()
        .orElseThrow()
        .token();
  }

  /** Locks the conversation: no job of it can come to its end. */
  HeldRow hold() {
    return HeldRow.of(scene.cluster(), group().id());
  }

  /** Whether the node has one of the jobs now, or had it when it stopped to answer. */
  boolean leasedBy(Node node) {
    return jobs(" and owner = '" + node.name() + "'") > 0;
  }

  /** Jobs that are still to be done. */
  int left() {
    return jobs("");
  }

  private int jobs(String which) {
    return Integer.parseInt(scene.cluster().sql(JOBS.formatted(group().id(), which)));
  }

  /** How many such jobs a node has brought to their end since its start. */
  static double done(Node node) {
    return node.process().metric("magpie_jobs_run_total{kind=\"pin.expiry\"}");
  }

  /** How often a node's number was refused since its start, because somebody else had the job. */
  static double refused(Node node) {
    return node.process().metric("magpie_jobs_superseded_total{kind=\"pin.expiry\"}");
  }

  /** All jobs come to their end, and each had its effect once. */
  void requireOnce() {
    Deadline.await("all pins have ended", LATEST, () -> left() == 0);
    String effects = scene.cluster().sql(EFFECTS.formatted(group().id()));
    scene.figure("jobs", effects);
    scene.require(
        effects.equals(pins + " effects on " + pins + " messages"), pins + " jobs had " + effects);
  }
}
