package io.magpie.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.time.Instant;

/**
 * JSON in and out. Reading is strict: one object, no duplicate keys, nesting at most 32, numbers at
 * most 64 digits, at most 1,000 keys. Writing turns records into objects, leaves empty optionals
 * out and writes instants as RFC 3339 in UTC with milliseconds.
 */
public final class Json {
  /** Deepest nesting that is read. */
  public static final int MAX_DEPTH = 32;

  /** Keys of all objects of one text together. */
  public static final int MAX_KEYS = 1_000;

  private static final int MAX_TOKENS = 8_000;

  private static final ObjectMapper MAPPER = mapper(limits());

  /** For text that this server wrote itself: no limits, they were applied when it came in. */
  private static final ObjectMapper OWN = mapper(StreamReadConstraints.builder().build());

  private Json() {}

  private static StreamReadConstraints limits() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(MAX_DEPTH)
        .maxNumberLength(64)
        .maxNameLength(256)
        .maxStringLength(256 * 1024)
        .maxTokenCount(MAX_TOKENS)
        .build();
  }

  private static ObjectMapper mapper(StreamReadConstraints constraints) {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(constraints)
            .build();
    SimpleModule times = new SimpleModule("instants");
    times.addSerializer(Instant.class, new InstantSerializer());
    times.addDeserializer(Instant.class, new InstantDeserializer());
    return JsonMapper.builder(factory)
        .addModule(new Jdk8Module())
        .addModule(times)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(
                JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
        .build();
  }

  /**
   * Reads one JSON object.
   *
   * @throws RequestError {@code bad_request} when it is not exactly one object within the limits
   */
  public static ObjectNode readObject(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node instanceof ObjectNode object) {
        limitKeys(object, MAX_KEYS);
        return object;
      }
    } catch (JsonProcessingException e) {
      throw RequestError.of(ErrorCode.BAD_REQUEST, "Not valid JSON, too deep, or a key twice.");
    }
    throw RequestError.of(ErrorCode.BAD_REQUEST, "Expected one JSON object.");
  }

  private static int limitKeys(JsonNode node, int left) {
    int rest = left - (node.isObject() ? node.size() : 0);
    if (rest < 0) {
      throw RequestError.of(ErrorCode.BAD_REQUEST, "More than 1,000 keys.");
    }
    for (JsonNode child : node) {
      if (child.isContainerNode()) {
        rest = limitKeys(child, rest);
      }
    }
    return rest;
  }

  /** Writes a record, a map or a node. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** Writes a record, a map or a node as UTF-8. */
  public static byte[] writeBytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** An empty object to fill. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Reads text that this server wrote itself, for example a column of the database. */
  public static ObjectNode readOwn(String text) {
    try {
      return (ObjectNode) OWN.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON cannot be read", e);
    }
  }

  /** Turns a tree that another version may have written into a record; skips unknown fields. */
  public static <T> T convertKnown(JsonNode node, Class<T> type) {
    try {
      return MAPPER
          .readerFor(type)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(node);
    } catch (IOException e) {
      throw new IllegalStateException("stored JSON is no " + type.getSimpleName(), e);
    }
  }

  /** Turns a tree that this server wrote itself into a record. */
  public static <T> T convert(JsonNode node, Class<T> type) {
    return MAPPER.convertValue(node, type);
  }
}
