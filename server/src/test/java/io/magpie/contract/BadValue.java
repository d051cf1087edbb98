package io.magpie.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.magpie.protocol.Json;
import io.magpie.testkit.ContractSchemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters with exactly one fault, made from a schema.
 *
 * @param what the fault, for the test's name
 * @param field the field that must be named; empty where it cannot be
 * @param json the parameters as text, since some faults are none that a tree can hold
 */
record BadValue(String what, String field, String json) {

  /** Texts of JSON that are wrong for a type. Many more are wrong for all. */
  private static final Map<String, String> ODD = odd();

  private static Map<String, String> odd() {
    Map<String, String> odd = new LinkedHashMap<>();
    odd.put("null", "null");
    odd.put("a number as text", "\"1\"");
    odd.put("1.0", "1.0");
    odd.put("1e3", "1e3");
    odd.put("-1", "-1");
    odd.put("2^63", "9223372036854775808");
    odd.put("60 digits", "9".repeat(60));
    odd.put("true", "true");
    odd.put("a list", "[1]");
    odd.put("an empty list", "[]");
    odd.put("an object", "{\"a\":1}");
    odd.put("an operator", "{\"$gt\":\"\"}");
    odd.put("NUL", "\"a\\u0000b\"");
    odd.put("a lone high surrogate", "\"a\\ud800\"");
    odd.put("a lone low surrogate", "\"\\udc00a\"");
    odd.put("10,000 combining marks", "\"a" + "\\u0301".repeat(10_000) + "\"");
    odd.put("too long", "\"" + "x".repeat(40_000) + "\"");
    odd.put("SQL", "\"' OR 1=1--\"");
    odd.put("a wildcard", "\"%\"");
    odd.put("an underscore", "\"_\"");
    odd.put("empty", "\"\"");
    return odd;
  }

  /** All faults of the parameters, field by field; those that the schema allows are left out. */
  static List<BadValue> of(String params, ObjectNode good) {
    List<BadValue> bad = new ArrayList<>();
    JsonNode schema = ContractSchemas.resolve(params);
    bad.add(new BadValue("an unknown field", "nonsense", with(good, "nonsense", "1")));
    for (JsonNode required : schema.path("required")) {
      ObjectNode less = good.deepCopy();
      less.remove(required.textValue());
      bad.add(new BadValue("without " + required.textValue(), required.textValue(), text(less)));
    }
    schema
        .path("properties")
        .fieldNames()
        .forEachRemaining(
            field ->
                ODD.forEach(
                    (what, json) -> {
                      String whole = with(good, field, json);
                      if (refused(params, whole)) {
                        bad.add(new BadValue(field + ": " + what, field, whole));
                      }
                    }));
    return bad;
  }

  private static boolean refused(String params, String whole) {
    try {
      return !ContractSchemas.faults(params, Json.readOwn(whole)).isEmpty();
    } catch (IllegalStateException beyondLimits) {
      return true;
    }
  }

  private static String text(ObjectNode node) {
    return node.toString();
  }

  /** The good parameters with one field replaced by a text of JSON. */
  private static String with(ObjectNode good, String field, String json) {
    ObjectNode rest = good.deepCopy();
    rest.remove(field);
    String text = rest.toString();
    return text.substring(0, text.length() - 1)
        + (rest.isEmpty() ? "" : ",")
        + "\""
        + field
        + "\":"
        + json
        + "}";
  }
}
