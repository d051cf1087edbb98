package io.magpie.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.magpie.stream.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Holds what the server says against the contract. */
public final class ContractForTests {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String[] SCHEMAS = {
    "common", "identity", "conversation", "message", "presence", "event", "frame"
  };
  private static final JsonNode ASYNC = read("asyncapi.yaml");
  private static final JsonSchemaFactory FACTORY = factory();

  private ContractForTests() {}

  private static JsonSchemaFactory factory() {
    Map<String, String> sources = new HashMap<>();
    for (String name : SCHEMAS) {
      sources.put("urn:magpie:v1:" + name, read("schemas/" + name + ".yaml").toString());
    }
    return JsonSchemaFactory.getInstance(
        SpecVersion.VersionFlag.V202012,
        builder -> builder.schemaLoaders(loaders -> loaders.schemas(sources)));
  }

  /** The answer to a request of that name. */
  public static void result(String op, JsonNode result) {
    matches(ASYNC.at("/x-magpie-requests/" + op + "/result/$ref").textValue(), op, result);
  }

  /** An event, its data included. */
  public static void event(Event event, JsonNode whole) {
    matches("urn:magpie:v1:event#/$defs/Event", event.kind(), whole);
    matches(
        ASYNC.at("/x-magpie-events/" + event.kind() + "/data/$ref").textValue(),
        event.kind(),
        whole.get("data"));
  }

  private static void matches(String schema, String what, JsonNode value) {
    assertThat(schema).as("schema of " + what).isNotNull();
    assertThat(FACTORY.getSchema(SchemaLocation.of(schema)).validate(value))
        .as(what + " is as the contract says: " + value)
        .isEmpty();
  }

  private static JsonNode read(String file) {
    try (InputStream in = ContractForTests.class.getResourceAsStream("/contract/" + file)) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
