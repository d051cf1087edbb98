package io.magpie.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Strict reader of a request's parameters. Each reading method takes one field by name and type and
 * throws a {@link RequestError} that names the field; {@link #end()} refuses what nobody read, so
 * every handler calls it after its last field and before it does anything.
 *
 * <p>Numbers are integers written as such ({@code 1.0}, {@code 1e3} and {@code "1"} are refused).
 * {@code null} counts as a wrong type, not as absent.
 */
public final class Params {
  /** Greatest integer that every JSON reader keeps exact (RFC 8259, section 6). */
  public static final long MAX_INTEGER = 9_007_199_254_740_991L;

  /** Rows of a page when the caller does not say. */
  public static final int DEFAULT_PAGE = 50;

  /** Rows of a page at most. */
  public static final int MAX_PAGE = 200;

  private static final String UUID_FORM = "00000000-0000-0000-0000-000000000000";
  private static final Pattern CURSOR_FORM = Pattern.compile("[A-Za-z0-9_-]{1,512}");

  private final ObjectNode node;
  private final String path;
  private final Set<String> seen = new HashSet<>();

  private Params(ObjectNode node, String path) {
    this.node = node;
    this.path = path;
  }

  public static Params of(ObjectNode node) {
    return new Params(node, "");
  }

  /** Refuses fields that were not read. */
  public void end() {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!seen.contains(name)) {
                throw error(ErrorCode.UNKNOWN_FIELD, name, "is not known here");
              }
            });
  }

  public boolean has(String name) {
    return node.has(name);
  }

  /** How many fields there are. */
  public int size() {
    return node.size();
  }

  /** The names of all fields. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** A field's name that must be a UUID itself. */
  public UUID keyAsUuid(String name) {
    if (!isUuid(name)) {
      throw error(ErrorCode.INVALID_FIELD, name, "must be a UUID in lower case");
    }
    return UUID.fromString(name);
  }

  /** An object that somebody else reads; empty if it is not there. */
  public Optional<ObjectNode> subtree(String name) {
    return optionalObject(name).map(params -> params.node);
  }

  public UUID uuid(String name) {
    return required(name, optionalUuid(name));
  }

  public Optional<UUID> optionalUuid(String name) {
    return take(name).map(value -> toUuid(name, value));
  }

  /** Different UUIDs, {@code min} to {@code max} of them, in their order. */
  public List<UUID> uuids(String name, int min, int max) {
    return list(name, min, max, value -> toUuid(name, value));
  }

  /** An event number, 1 or greater. */
  public long seq(String name) {
    return integer(name, 1, MAX_INTEGER);
  }

  public OptionalLong optionalSeq(String name) {
    return optionalInteger(name, 1, MAX_INTEGER);
  }

  /** A position, 0 or greater. */
  public OptionalLong optionalPosition(String name) {
    return optionalInteger(name, 0, MAX_INTEGER);
  }

  /** Different event numbers. */
  public List<Long> seqs(String name, int min, int max) {
    return list(name, min, max, value -> toInteger(name, value, 1, MAX_INTEGER));
  }

  public long integer(String name, long min, long max) {
    OptionalLong value = optionalInteger(name, min, max);
    if (value.isEmpty()) {
      throw error(ErrorCode.MISSING_FIELD, name, "is required");
    }
    return value.getAsLong();
  }

  public OptionalLong optionalInteger(String name, long min, long max) {
    Optional<JsonNode> value = take(name);
    return value.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(toInteger(name, value.get(), min, max));
  }

  /** Page size, {@value #DEFAULT_PAGE} if not given. */
  public int limit() {
    return (int) optionalInteger("limit", 1, MAX_PAGE).orElse(DEFAULT_PAGE);
  }

  /** An opaque page cursor under the name {@code cursor}. */
  public Optional<String> cursor() {
    Optional<String> value = take("cursor").map(v -> toText("cursor", v));
    if (value.isPresent() && !CURSOR_FORM.matcher(value.get()).matches()) {
      throw error(ErrorCode.INVALID_FIELD, "cursor", "is not a cursor of a page");
    }
    return value;
  }

  public Optional<Boolean> optionalFlag(String name) {
    return take(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw error(ErrorCode.INVALID_FIELD, name, "must be true or false");
              }
              return value.booleanValue();
            });
  }

  public boolean flag(String name) {
    return optionalFlag(name).orElse(false);
  }

  /** One line that is shown to people: trimmed, plain, {@code min} to {@code max} code points. */
  public String line(String name, int min, int max) {
    return required(name, optionalLine(name, min, max));
  }

  public Optional<String> optionalLine(String name, int min, int max) {
    return take(name)
        .map(
            value -> {
              String text = bounded(name, toText(name, value), max).strip();
              if (!Texts.plainLine(text)) {
                throw error(ErrorCode.INVALID_TEXT, name, "holds characters that are not allowed");
              }
              if (Texts.codePoints(text) < min) {
                throw error(ErrorCode.INVALID_FIELD, name, "must not be empty");
              }
              return text;
            });
  }

  /** Several lines, kept as they are; {@code min} 1 refuses white space alone. */
  public String text(String name, int min, int maxCodePoints, int maxBytes) {
    String text =
        bounded(name, required(name, take(name).map(v -> toText(name, v))), maxCodePoints);
    if (Texts.utf8Bytes(text) > maxBytes) {
      throw error(ErrorCode.TEXT_TOO_LONG, name, "has more than " + maxBytes + " bytes");
    }
    if (!Texts.plainText(text)) {
      throw error(ErrorCode.INVALID_TEXT, name, "holds characters that cannot be stored");
    }
    if (min > 0 && text.isBlank()) {
      throw error(ErrorCode.INVALID_FIELD, name, "must not be empty");
    }
    return text;
  }

  /** A secret or token: any storable text, kept as it is. */
  public String secret(String name, int maxCodePoints) {
    return required(name, optionalSecret(name, maxCodePoints));
  }

  public Optional<String> optionalSecret(String name, int maxCodePoints) {
    return take(name)
        .map(
            value -> {
              String text = bounded(name, toText(name, value), maxCodePoints);
              if (text.isEmpty()) {
                throw error(ErrorCode.INVALID_FIELD, name, "must not be empty");
              }
              if (!Texts.storable(text)) {
                throw error(ErrorCode.INVALID_TEXT, name, "holds characters that are not allowed");
              }
              return text;
            });
  }

  /** Text of a fixed form. */
  public String matching(String name, Pattern form) {
    return required(name, optionalMatching(name, form));
  }

  public Optional<String> optionalMatching(String name, Pattern form) {
    return take(name)
        .map(
            value -> {
              String text = toText(name, value);
              if (!form.matcher(text).matches()) {
                throw error(ErrorCode.INVALID_FIELD, name, "does not have the expected form");
              }
              return text;
            });
  }

  /** One of the given words. */
  public String oneOf(String name, String... words) {
    return required(name, optionalOneOf(name, words));
  }

  public Optional<String> optionalOneOf(String name, String... words) {
    return take(name)
        .map(
            value -> {
              String text = toText(name, value);
              if (!Arrays.asList(words).contains(text)) {
                throw error(
                    ErrorCode.INVALID_FIELD, name, "must be one of " + String.join(", ", words));
              }
              return text;
            });
  }

  public Optional<Instant> optionalInstant(String name) {
    return take(name)
        .map(
            value -> {
              try {
                return Timestamps.parse(toText(name, value));
              } catch (DateTimeParseException e) {
                throw error(
                    ErrorCode.INVALID_FIELD, name, "must be a time like 2026-01-31T08:15:30.125Z");
              }
            });
  }

  /** A nested object; its own {@link #end()} is the caller's duty. */
  public Params object(String name) {
    return required(name, optionalObject(name));
  }

  public Optional<Params> optionalObject(String name) {
    return take(name).map(value -> toObject(name, value));
  }

  /** A list of nested objects. */
  public List<Params> objects(String name, int min, int max) {
    JsonNode array = array(name, min, max);
    List<Params> items = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      items.add(toObject(name + "." + i, array.get(i)));
    }
    return items;
  }

  /** A refusal that names a field of these parameters. */
  public RequestError error(ErrorCode code, String name, String text) {
    String field = path + name;
    String shown = field.length() > 100 ? field.substring(0, 100) : field;
    return RequestError.field(code, shown, shown + " " + text + ".");
  }

  private Optional<JsonNode> take(String name) {
    seen.add(name);
    return Optional.ofNullable(node.get(name));
  }

  private <T> T required(String name, Optional<T> value) {
    return value.orElseThrow(() -> error(ErrorCode.MISSING_FIELD, name, "is required"));
  }

  private <T> List<T> list(String name, int min, int max, Function<JsonNode, T> read) {
    JsonNode array = array(name, min, max);
    Set<T> items = new LinkedHashSet<>();
    for (JsonNode item : array) {
      if (!items.add(read.apply(item))) {
        throw error(ErrorCode.INVALID_FIELD, name, "names something twice");
      }
    }
    return List.copyOf(items);
  }

  private JsonNode array(String name, int min, int max) {
    JsonNode value = required(name, take(name));
    if (!value.isArray()) {
      throw error(ErrorCode.INVALID_FIELD, name, "must be a list");
    }
    if (value.size() < min || value.size() > max) {
      throw error(ErrorCode.INVALID_FIELD, name, "must have " + min + " to " + max + " entries");
    }
    return value;
  }

  private Params toObject(String name, JsonNode value) {
    if (value instanceof ObjectNode object) {
      return new Params(object, path + name + ".");
    }
    throw error(ErrorCode.INVALID_FIELD, name, "must be an object");
  }

  private static boolean isUuid(String text) {
    boolean fits = text.length() == UUID_FORM.length();
    for (int i = 0; fits && i < UUID_FORM.length(); i++) {
      char c = text.charAt(i);
      fits = UUID_FORM.charAt(i) == '-' ? c == '-' : c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }
    return fits;
  }

  private UUID toUuid(String name, JsonNode value) {
    String text = toText(name, value);
    if (!isUuid(text)) {
      throw error(ErrorCode.INVALID_FIELD, name, "must be a UUID in lower case");
    }
    return UUID.fromString(text);
  }

  private long toInteger(String name, JsonNode value, long min, long max) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw error(ErrorCode.INVALID_FIELD, name, "must be an integer");
    }
    long number = value.longValue();
    if (number < min || number > max) {
      throw error(ErrorCode.INVALID_FIELD, name, "must be from " + min + " to " + max);
    }
    return number;
  }

  private String toText(String name, JsonNode value) {
    if (!value.isTextual()) {
      throw error(ErrorCode.INVALID_FIELD, name, "must be a text");
    }
    return value.textValue();
  }

  private String bounded(String name, String text, int maxCodePoints) {
    if (Texts.codePoints(text) > maxCodePoints) {
      throw error(ErrorCode.TEXT_TOO_LONG, name, "has more than " + maxCodePoints + " characters");
    }
    return text;
  }
}
