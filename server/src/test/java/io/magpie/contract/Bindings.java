package io.magpie.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names in a transcript stand for; {@code $_} stands for anything. */
final class Bindings {
  private static final Pattern NAME = Pattern.compile("\"\\$(\\w+)\"");

  /** Lists whose order means nothing. */
  private static final Set<String> UNORDERED = Set.of("streams", "members", "items");

  private final Map<String, JsonNode> values;

  Bindings() {
    this(new HashMap<>());
  }

  private Bindings(Map<String, JsonNode> values) {
    this.values = values;
  }

  Bindings with(String name, String value) {
    values.put(name, TextNode.valueOf(value));
    return this;
  }

  String text(String name) {
    return values.get(name).textValue();
  }

  /** Puts values in the place of names. */
  String fill(String template) {
    return NAME.matcher(template)
        .replaceAll(
            found -> {
              JsonNode value = values.get(found.group(1));
              if (value == null) {
                throw new IllegalArgumentException("nobody has said what is " + found.group());
              }
              return Matcher.quoteReplacement(value.toString());
            });
  }

  /** These and what the names must stand for so that both are the same; empty if they cannot be. */
  Optional<Bindings> match(JsonNode expected, JsonNode actual) {
    Bindings tried = new Bindings(new HashMap<>(values));
    return tried.same(expected, actual) ? Optional.of(tried) : Optional.empty();
  }

  private boolean same(JsonNode expected, JsonNode actual) {
    return same(expected, actual, false);
  }

  private boolean same(JsonNode expected, JsonNode actual, boolean anyOrder) {
    if (expected.isTextual() && expected.textValue().startsWith("$")) {
      String name = expected.textValue().substring(1);
      JsonNode known = values.putIfAbsent(name, actual);
      return name.equals("_") || known == null || known.equals(actual);
    }
    if (expected.isObject() && actual.isObject()) {
      return expected.size() == actual.size()
          && expected.properties().stream()
              .allMatch(
                  field ->
                      actual.has(field.getKey())
                          && same(
                              field.getValue(),
                              actual.get(field.getKey()),
                              UNORDERED.contains(field.getKey())));
    }
    if (expected.isArray() && actual.isArray()) {
      return expected.size() == actual.size()
          && (anyOrder ? sameInAnyOrder(expected, actual) : sameInOrder(expected, actual));
    }
    return expected.isNumber() && actual.isNumber()
        ? expected.longValue() == actual.longValue()
        : expected.equals(actual);
  }

  private boolean sameInOrder(JsonNode expected, JsonNode actual) {
    for (int i = 0; i < expected.size(); i++) {
      if (!same(expected.get(i), actual.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean sameInAnyOrder(JsonNode expected, JsonNode actual) {
    List<JsonNode> left = new ArrayList<>();
    actual.forEach(left::add);
    for (JsonNode one : expected) {
      Optional<JsonNode> found =
          left.stream().filter(candidate -> match(one, candidate).isPresent()).findFirst();
      if (found.isEmpty() || !same(one, found.get())) {
        return false;
      }
      left.remove(found.get());
    }
    return true;
  }
}
