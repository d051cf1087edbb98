package io.magpie.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The contract's files, read once at start. The documents that clients get are bundled: schemas
 * that are referenced by their id stand in {@code components.schemas}, so every tool can read them.
 */
public final class Contract {
  private static final List<String> SCHEMAS =
      List.of("common", "identity", "conversation", "message", "presence", "event", "frame");
  private static final String ID = "urn:magpie:v1:";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final ObjectNode openapi;
  private final ObjectNode asyncapi;
  private final ObjectNode errors;

  private Contract(ObjectNode openapi, ObjectNode asyncapi, ObjectNode errors) {
    this.openapi = openapi;
    this.asyncapi = asyncapi;
    this.errors = errors;
  }

  /** Reads the files from the class path. */
  public static Contract load() {
    Map<String, JsonNode> schemas = new LinkedHashMap<>();
    for (String file : SCHEMAS) {
      read("schemas/" + file)
          .get("$defs")
          .properties()
          .forEach(entry -> schemas.put(entry.getKey(), entry.getValue()));
    }
    return new Contract(
        bundle(read("openapi"), schemas), bundle(read("asyncapi"), schemas), read("errors"));
  }

  /** The OpenAPI document, without references to other files. */
  public ObjectNode openapi() {
    return openapi;
  }

  /** The AsyncAPI document, without references to other files. */
  public ObjectNode asyncapi() {
    return asyncapi;
  }

  /** All error codes. */
  public ObjectNode errors() {
    return errors;
  }

  /** What a reference of the bundled OpenAPI document points at; other nodes are themselves. */
  public JsonNode resolve(JsonNode node) {
    JsonNode present = node;
    while (present.path("$ref").isTextual()) {
      present = openapi.at(present.get("$ref").textValue().substring(1));
    }
    return present;
  }

  private static ObjectNode read(String name) {
    try (InputStream in = Contract.class.getResourceAsStream("/contract/" + name + ".yaml")) {
      return (ObjectNode) YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the contract cannot be read", e);
    }
  }

  private static ObjectNode bundle(ObjectNode document, Map<String, JsonNode> schemas) {
    ObjectNode whole = document.deepCopy();
    ObjectNode components = whole.withObject("/components/schemas");
    schemas.forEach((name, schema) -> components.set(name, schema.deepCopy()));
    rewrite(whole);
    return whole;
  }

  private static void rewrite(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
      object.put("$ref", target(object.get("$ref").textValue()));
    }
    node.forEach(Contract::rewrite);
  }

  private static String target(String ref) {
    int defs = ref.indexOf("#/$defs/");
    boolean ours = ref.startsWith(ID) || ref.startsWith("#/$defs/");
    return ours ? "#/components/schemas/" + ref.substring(defs + 8) : ref;
  }
}
