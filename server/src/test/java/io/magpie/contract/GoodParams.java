package io.magpie.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.Json;
import io.magpie.testkit.ContractSchemas;
import java.util.UUID;

/** Parameters that fit a schema but change nothing when one of them is then made bad. */
final class GoodParams {
  private final UUID conversation;
  private final UUID user;
  private final long seq;

  GoodParams(UUID conversation, UUID user, long seq) {
    this.conversation = conversation;
    this.user = user;
    this.seq = seq;
  }

  /** The required fields of a schema. */
  ObjectNode of(String params) {
    return required(ContractSchemas.resolve(params), params);
  }

  private ObjectNode required(JsonNode schema, String urn) {
    ObjectNode good = Json.object();
    for (JsonNode name : schema.path("required")) {
      String field = name.textValue();
      good.set(field, value(field, schema.get("properties").get(field), urn));
    }
    if (schema.has("anyOf") || schema.has("minProperties")) {
      String field = lastProperty(schema);
      good.set(field, value(field, schema.get("properties").get(field), urn));
    }
    return good;
  }

  /** One of those that are optional each, but not all together. */
  private static String lastProperty(JsonNode schema) {
    String last = "";
    for (var names = schema.get("properties").fieldNames(); names.hasNext(); ) {
      last = names.next();
    }
    return last;
  }

  private JsonNode value(String field, JsonNode schema, String urn) {
    if (schema.has("$ref")) {
      String ref = schema.get("$ref").textValue();
      String target = ref.startsWith("#") ? urn.substring(0, urn.indexOf('#')) + ref : ref;
      if (ref.endsWith("/Id") || ref.endsWith("/ClientId")) {
        return text(id(field));
      }
      return value(field, ContractSchemas.resolve(target), target);
    }
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    if (schema.has("oneOf")) {
      return value(field, schema.get("oneOf").get(0), urn);
    }
    return switch (schema.path("type").asText()) {
      case "integer" -> Json.object().put("v", seq).get("v");
      case "boolean" -> Json.object().put("v", true).get("v");
      case "array" -> Json.object().putArray("v").add(value(field, schema.get("items"), urn));
      case "object" -> required(schema, urn);
      default -> text(word(field, schema.path("pattern").asText()));
    };
  }

  private static String word(String field, String pattern) {
    if (pattern.contains("[0-9a-f]{8}")) {
      return UUID.randomUUID().toString();
    }
    return field.equals("emoji") ? "👍" : "abc";
  }

  private String id(String field) {
    return switch (field) {
      case "conversation", "stream" -> conversation.toString();
      case "user", "users", "members" -> user.toString();
      default -> UUID.randomUUID().toString();
    };
  }

  private static JsonNode text(String text) {
    return Json.object().put("v", text).get("v");
  }
}
