package io.magpie.http;

import io.magpie.protocol.Json;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Everything that is the same for all: contract documents, the API page, the web app. */
public final class StaticPages {
  private final Map<String, String> documents;
  private final String apiPage;
  private final WebApp webApp;

  private StaticPages(Map<String, String> documents, String apiPage, WebApp webApp) {
    this.documents = documents;
    this.apiPage = apiPage;
    this.webApp = webApp;
  }

  /** Reads the web app and writes the documents out once. */
  public static StaticPages load(Contract contract) {
    return new StaticPages(
        Map.of(
            "openapi.json", Json.write(contract.openapi()),
            "asyncapi.json", Json.write(contract.asyncapi()),
            "errors.json", Json.write(contract.errors())),
        new ApiPage(contract).html(),
        WebApp.load());
  }

  void mountContract(Router router) {
    documents.forEach(
        (name, text) ->
            router
                .get("/contract/" + name)
                .handler(context -> send(context, "application/json", text)));
    router.get("/api").handler(this::page);
    router.get("/api/").handler(this::page);
  }

  private void page(RoutingContext context) {
    context
        .response()
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self' '"
                + ApiPage.STYLE_HASH
                + "'; img-src 'self';"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    send(context, "text/html; charset=utf-8", apiPage);
  }

  private static void send(RoutingContext context, String type, String text) {
    context
        .response()
        .putHeader("Content-Type", type)
        .putHeader("Cache-Control", "no-cache")
        .end(text);
  }

  Handler<RoutingContext> webApp() {
    return webApp;
  }
}
