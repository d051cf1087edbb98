package io.magpie.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The contract's files and schemas, by the ids under which they name each other. */
public final class ContractSchemas {
  /** Names of the files in {@code contract/schemas}. */
  public static final List<String> FILES =
      List.of("common", "identity", "conversation", "message", "presence", "event", "frame");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final JsonNode OPENAPI = read("openapi.yaml");
  private static final JsonNode ASYNCAPI = read("asyncapi.yaml");
  private static final JsonSchemaFactory FACTORY = factory();
  private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

  private ContractSchemas() {}

  private static JsonSchemaFactory factory() {
    Map<String, String> sources = new HashMap<>();
    FILES.forEach(
        name -> sources.put("urn:magpie:v1:" + name, read("schemas/" + name + ".yaml").toString()));
    return JsonSchemaFactory.getInstance(
        SpecVersion.VersionFlag.V202012,
        builder -> builder.schemaLoaders(loaders -> loaders.schemas(sources)));
  }

  public static JsonNode openapi() {
    return OPENAPI;
  }

  public static JsonNode asyncapi() {
    return ASYNCAPI;
  }

  public static JsonNode errors() {
    return read("errors.yaml").get("errors");
  }

  /** The file's definitions as they are written. */
  public static JsonNode definitions(String file) {
    return read("schemas/" + file + ".yaml").get("$defs");
  }

  /** What is wrong with the value; empty if nothing is. */
  public static List<String> faults(String urn, JsonNode value) {
    Set<ValidationMessage> found =
        SCHEMAS
            .computeIfAbsent(urn, name -> FACTORY.getSchema(SchemaLocation.of(name)))
            .validate(value);
    List<String> faults = new ArrayList<>();
    found.forEach(message -> faults.add(message.getMessage()));
    return faults;
  }

  /** What is wrong with a schema that stands in a document itself. */
  public static List<String> faults(JsonNode schema, JsonNode value) {
    if (schema.path("$ref").asText("").startsWith("urn:")) {
      return faults(schema.get("$ref").textValue(), value);
    }
    List<String> faults = new ArrayList<>();
    FACTORY.getSchema(schema).validate(value).forEach(found -> faults.add(found.getMessage()));
    return faults;
  }

  /** The urn of a request's {@code params} or {@code result}. */
  public static String request(String op, String part) {
    return ASYNCAPI.get("x-magpie-requests").path(op).path(part).path("$ref").textValue();
  }

  /** The urn of an event's data; null for a kind that is not in the contract. */
  public static String eventData(String kind) {
    return ASYNCAPI.get("x-magpie-events").path(kind).path("data").path("$ref").textValue();
  }

  /** The definition behind an urn, as it is written. */
  public static JsonNode resolve(String urn) {
    String file = urn.substring("urn:magpie:v1:".length(), urn.indexOf('#'));
    return definitions(file).at(urn.substring(urn.indexOf('#') + "#/$defs".length()));
  }

  static JsonNode read(String file) {
    try (InputStream in = ContractSchemas.class.getResourceAsStream("/contract/" + file)) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
