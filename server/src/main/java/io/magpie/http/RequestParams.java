package io.magpie.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.Json;
import io.magpie.protocol.RequestError;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Puts the parameters of an operation together from path, query and body. Text of path and query
 * becomes a number or flag where the contract says so; a name that comes twice is refused, so that
 * nobody authorises one value and uses another (S-I22).
 */
final class RequestParams {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,15})");

  private final Map<String, String> types = new HashMap<>();
  private final boolean body;

  /**
   * @param operation the operation object of the OpenAPI document
   */
  RequestParams(Contract contract, JsonNode operation) {
    for (JsonNode parameter : operation.path("parameters")) {
      String type = contract.resolve(parameter.get("schema")).path("type").asText("string");
      types.put(parameter.get("name").textValue(), type);
    }
    body = operation.has("requestBody");
  }

  ObjectNode read(RoutingContext context) {
    ObjectNode params = body(context);
    MultiMap query = query(context);
    for (String name : query.names()) {
      List<String> values = query.getAll(name);
      if (!types.containsKey(name)) {
        throw RequestError.field(ErrorCode.UNKNOWN_FIELD, shown(name), "Not known in the query.");
      }
      if (values.size() > 1) {
        throw RequestError.field(ErrorCode.BAD_REQUEST, shown(name), "Given more than once.");
      }
      put(params, name, values.get(0));
    }
    context
        .pathParams()
        .forEach(
            (name, value) -> {
              strict(value);
              put(params, name, value);
            });
    return params;
  }

  /** The library puts U+FFFD where bytes are no text; nobody means that, so it is refused. */
  private static MultiMap query(RoutingContext context) {
    MultiMap query;
    try {
      query = context.queryParams();
    } catch (HttpException e) {
      throw RequestError.of(ErrorCode.BAD_REQUEST, "The query is not well-formed.");
    }
    for (Map.Entry<String, String> entry : query) {
      strict(entry.getKey());
      strict(entry.getValue());
    }
    return query;
  }

  private static void strict(String decoded) {
    if (decoded.indexOf('\ufffd') >= 0) {
      throw RequestError.of(ErrorCode.INVALID_UTF8);
    }
  }

  private ObjectNode body(RoutingContext context) {
    String text = context.body().asString();
    if (text == null || text.isEmpty()) {
      return Json.object();
    }
    if (!body) {
      throw RequestError.of(ErrorCode.BAD_REQUEST, "This operation has no body.");
    }
    String type = String.valueOf(context.request().getHeader("Content-Type"));
    if (!type.split(";")[0].strip().equalsIgnoreCase("application/json")) {
      throw RequestError.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }
    return Json.readObject(StrictUtf8.decode(context.body().buffer()));
  }

  private void put(ObjectNode params, String name, String text) {
    if (params.has(name)) {
      throw RequestError.field(ErrorCode.BAD_REQUEST, shown(name), "Given more than once.");
    }
    String type = types.getOrDefault(name, "string");
    if (type.equals("integer") && INTEGER.matcher(text).matches()) {
      params.put(name, Long.parseLong(text));
    } else if (type.equals("boolean") && (text.equals("true") || text.equals("false"))) {
      params.put(name, Boolean.parseBoolean(text));
    } else {
      params.put(name, text);
    }
  }

  private static String shown(String name) {
    return name.length() > 100 ? name.substring(0, 100) : name;
  }
}
