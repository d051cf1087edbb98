package io.magpie.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Holds what a handler answers against the result that the contract gives for the operation. */
final class ContractResults {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ContractResults INSTANCE = new ContractResults();

  private final Map<String, String> resultByOperation = new HashMap<>();
  private final JsonSchemaFactory schemas;

  private ContractResults() {
    Map<String, String> sources = new HashMap<>();
    for (String file :
        new String[] {"common", "identity", "conversation", "message", "presence", "event"}) {
      sources.put("urn:magpie:v1:" + file, read("schemas/" + file + ".yaml").toString());
    }
    schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(sources)));
    for (JsonNode path : read("openapi.yaml").get("paths")) {
      for (JsonNode operation : path) {
        JsonNode responses = operation.path("responses");
        JsonNode done = responses.has("201") ? responses.get("201") : responses.path("200");
        JsonNode schema = done.at("/content/application~1json/schema/$ref");
        if (schema.isTextual()) {
          resultByOperation.put(operation.get("operationId").textValue(), schema.textValue());
        }
      }
    }
  }

  static void check(String operation, JsonNode result) {
    String schema = INSTANCE.resultByOperation.get(operation);
    assertThat(schema).as("result schema of " + operation).isNotNull();
    assertThat(INSTANCE.schemas.getSchema(SchemaLocation.of(schema)).validate(result))
        .as(operation + " answers as the contract says")
        .isEmpty();
  }

  private static JsonNode read(String file) {
    try (InputStream in = ContractResults.class.getResourceAsStream("/contract/" + file)) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
