package io.magpie.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The conversation in docs/protocol.md: what a client does, and what the server says to it. */
final class Transcript {
  private static final Pattern BLOCK = Pattern.compile("```transcript\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINE = Pattern.compile("(\\w+) ([<>]) (.+)");

  private Transcript() {}

  /** One thing that a client does, and everything that the server says before the next one. */
  record Step(String who, String act, List<Heard> heard) {}

  /** One thing that somebody hears: an event, a signal, another frame, an HTTP answer, a close. */
  record Heard(String who, JsonNode what) {}

  static List<Step> read(Path document) {
    List<Step> steps = new ArrayList<>();
    for (String line : block(document).split("\n")) {
      Matcher parts = LINE.matcher(line);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (!parts.matches()) {
        throw new IllegalArgumentException("not a line of a transcript: " + line);
      }
      if (parts.group(2).equals(">")) {
        steps.add(new Step(parts.group(1), parts.group(3), new ArrayList<>()));
      } else {
        List<Heard> heard = steps.get(steps.size() - 1).heard();
        said(parts.group(3)).forEach(what -> heard.add(new Heard(parts.group(1), what)));
      }
    }
    return steps;
  }

  private static String block(Path document) {
    try {
      Matcher block = BLOCK.matcher(Files.readString(document, StandardCharsets.UTF_8));
      if (!block.find()) {
        throw new IllegalArgumentException(document + " has no transcript");
      }
      return block.group(1);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<JsonNode> said(String text) {
    if (text.startsWith("CLOSE ")) {
      return List.of(close(Integer.parseInt(text.substring(6))));
    }
    if (Character.isDigit(text.charAt(0))) {
      return List.of(
          answer(Integer.parseInt(text.substring(0, 3)), Json.readOwn(text.substring(4))));
    }
    return parts(Json.readOwn(text));
  }

  static JsonNode close(int code) {
    return Json.object().put("closed", code);
  }

  static JsonNode answer(int status, JsonNode body) {
    ObjectNode answer = Json.object().put("status", status);
    answer.set("body", body);
    return answer;
  }

  /** How events and signals share frames means nothing; heartbeats are left out. */
  static List<JsonNode> parts(JsonNode frame) {
    List<JsonNode> parts = new ArrayList<>();
    switch (frame.get("type").textValue()) {
      case "events" -> frame.get("events").forEach(parts::add);
      case "signals" -> frame.get("signals").forEach(parts::add);
      case "heartbeat" -> {}
      default -> parts.add(frame);
    }
    return parts;
  }
}
