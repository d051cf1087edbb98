package io.magpie.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * The contract as a page for people, written once at start: every operation with its parameters,
 * result and both ways to ask for it, every event, frame, error and close code, every schema. No
 * script runs on it.
 */
final class ApiPage {
  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:68rem;padding:1rem 1.5rem;color:#1f2328}
      h1{font-size:1.6rem}h2{margin-top:2.5rem;border-bottom:1px solid #d0d7de}h3{margin:1.6rem 0 .3rem}
      code,pre{font:13px/1.45 ui-monospace,monospace;background:#f6f8fa;border-radius:4px;padding:.1em .3em}
      table{border-collapse:collapse;width:100%;margin:.4rem 0}td,th{text-align:left;vertical-align:top;
      border-bottom:1px solid #eaeef2;padding:.25rem .6rem .25rem 0}th{font-weight:600}
      nav a{margin-right:1rem}.m{display:inline-block;min-width:4.2em;font-weight:600;text-transform:uppercase}
      .d{color:#57606a}@media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}
      code,pre{background:#161b22}a{color:#58a6ff}td,th,h2{border-color:#30363d}.d{color:#8b949e}}
      """;

  /** For the page's Content-Security-Policy. */
  static final String STYLE_HASH = hash();

  private final Contract contract;
  private final StringBuilder out = new StringBuilder(200_000);

  ApiPage(Contract contract) {
    this.contract = contract;
  }

  String html() {
    out.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append("<title>Magpie API</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>Magpie API</h1><p>")
        .append(text(contract.openapi().at("/info/description")))
        .append("</p><p>")
        .append(text(contract.asyncapi().at("/info/description")))
        .append("</p><nav>");
    for (String part :
        new String[] {"operations", "events", "frames", "errors", "close", "schemas"}) {
      out.append("<a href=\"#").append(part).append("\">").append(part).append("</a>");
    }
    out.append("<a href=\"/contract/openapi.json\">openapi.json</a>")
        .append("<a href=\"/contract/asyncapi.json\">asyncapi.json</a></nav>");
    operations();
    events();
    frames();
    errors();
    closeCodes();
    schemas();
    return out.append("</body></html>").toString();
  }

  private void operations() {
    head("operations", "Operations");
    JsonNode requests = contract.asyncapi().get("x-magpie-requests");
    contract
        .openapi()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(m -> operation(path.getKey(), m.getKey(), m.getValue(), requests)));
    JsonNode only = requests.get("session.reauth");
    anchor("session.reauth");
    out.append("<p>").append(text(only.get("summary"))).append(" (WebSocket only)</p>");
    fields(only.get("params"));
    result(only.get("result"));
  }

  private void operation(String path, String method, JsonNode description, JsonNode requests) {
    String name = description.get("operationId").textValue();
    anchor(name);
    out.append("<p>")
        .append(text(description.get("summary")))
        .append("</p><p><span class=\"m\">")
        .append(method.toUpperCase(Locale.ROOT))
        .append("</span><code>/api/v1")
        .append(escape(path))
        .append("</code>");
    if (requests.has(name)) {
      out.append(" · WebSocket <code>op: ").append(escape(name)).append("</code>");
    }
    out.append("</p>");
    if (description.has("x-magpie-params")) {
      fields(description.get("x-magpie-params"));
    }
    result(
        description
            .get("responses")
            .elements()
            .next()
            .path("content")
            .path("application/json")
            .path("schema"));
  }

  private void result(JsonNode schema) {
    if (schema.has("$ref")) {
      out.append("<p class=\"d\">Result: ").append(type(schema)).append("</p>");
    }
  }

  private void events() {
    head("events", "Events");
    for (Map.Entry<String, JsonNode> event :
        contract.asyncapi().get("x-magpie-events").properties()) {
      anchor(event.getKey());
      out.append("<p class=\"d\">Stream: ")
          .append(text(event.getValue().get("stream")))
          .append("</p>");
      fields(event.getValue().get("data"));
    }
  }

  private void frames() {
    head("frames", "Frames");
    for (Map.Entry<String, JsonNode> operation :
        contract.asyncapi().get("operations").properties()) {
      String name = operation.getValue().at("/messages/0/$ref").textValue();
      String schema = name.substring(name.lastIndexOf('/') + 1);
      boolean fromClient = operation.getValue().path("action").asText().equals("receive");
      out.append("<h3>")
          .append(schema)
          .append("</h3><p class=\"d\">")
          .append(fromClient ? "client → server" : "server → client")
          .append("</p>");
      fields(contract.openapi().at("/components/schemas/" + schema));
    }
  }

  private void errors() {
    head("errors", "Errors");
    out.append("<table><tr><th>code</th><th>HTTP</th><th>retry</th><th>meaning</th></tr>");
    for (Map.Entry<String, JsonNode> error : contract.errors().get("errors").properties()) {
      JsonNode is = error.getValue();
      row(
          "<code>" + escape(error.getKey()) + "</code>",
          text(is.get("status")),
          is.get("retryable").asBoolean() ? "yes" : "no",
          text(is.get("en")) + "<br>" + text(is.get("zh")));
    }
    out.append("</table>");
  }

  private void closeCodes() {
    head("close", "Close codes");
    out.append("<table><tr><th>code</th><th>reconnect</th><th>meaning</th></tr>");
    for (Map.Entry<String, JsonNode> code :
        contract.asyncapi().get("x-magpie-close-codes").properties()) {
      row(
          escape(code.getKey()),
          text(code.getValue().get("reconnect")),
          text(code.getValue().get("meaning")));
    }
    out.append("</table>");
  }

  private void schemas() {
    head("schemas", "Schemas");
    for (Map.Entry<String, JsonNode> schema :
        contract.openapi().at("/components/schemas").properties()) {
      out.append("<h3 id=\"s-")
          .append(escape(schema.getKey()))
          .append("\">")
          .append(escape(schema.getKey()))
          .append("</h3>");
      fields(schema.getValue());
    }
  }

  private void fields(JsonNode reference) {
    JsonNode schema = contract.resolve(reference);
    if (schema.has("description")) {
      out.append("<p>").append(text(schema.get("description"))).append("</p>");
    }
    JsonNode properties = schema.path("properties");
    if (properties.isEmpty()) {
      if (!schema.path("type").asText().equals("object")) {
        out.append("<p><code>").append(type(schema)).append("</code></p>");
      }
      return;
    }
    out.append("<table>");
    for (Map.Entry<String, JsonNode> field : properties.properties()) {
      boolean required = schema.path("required").toString().contains("\"" + field.getKey() + "\"");
      row(
          "<code>"
              + escape(field.getKey())
              + "</code>"
              + (required ? "" : " <span class=\"d\">optional</span>"),
          type(field.getValue()),
          text(field.getValue().path("description")));
    }
    out.append("</table>");
  }

  private String type(JsonNode schema) {
    if (schema.has("$ref")) {
      String ref = schema.get("$ref").textValue();
      String name = escape(ref.substring(ref.lastIndexOf('/') + 1));
      return "<a href=\"#s-" + name + "\">" + name + "</a>";
    }
    if (schema.has("const")) {
      return "<code>" + escape(schema.get("const").toString()) + "</code>";
    }
    if (schema.has("enum")) {
      return "<code>" + escape(schema.get("enum").toString()) + "</code>";
    }
    if (schema.has("oneOf")) {
      StringBuilder either = new StringBuilder();
      schema
          .get("oneOf")
          .forEach(one -> either.append(either.length() == 0 ? "" : " or ").append(type(one)));
      return either.toString();
    }
    String type = schema.path("type").asText("object");
    return type.equals("array") ? "list of " + type(schema.path("items")) : bounds(type, schema);
  }

  private static String bounds(String type, JsonNode schema) {
    StringBuilder text = new StringBuilder(type);
    for (String bound : new String[] {"minimum", "maximum", "minLength", "maxLength", "maxItems"}) {
      if (schema.has(bound)) {
        text.append(' ').append(bound).append(' ').append(schema.get(bound).asText());
      }
    }
    return escape(text.toString());
  }

  private void head(String id, String title) {
    out.append("<h2 id=\"").append(id).append("\">").append(title).append("</h2>");
  }

  private void anchor(String name) {
    out.append("<h3 id=\"")
        .append(escape(name))
        .append("\"><code>")
        .append(escape(name))
        .append("</code></h3>");
  }

  private void row(String... cells) {
    out.append("<tr>");
    for (String cell : cells) {
      out.append("<td>").append(cell).append("</td>");
    }
    out.append("</tr>");
  }

  private static String text(JsonNode node) {
    return node == null ? "" : escape(node.asText());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
