package io.magpie.http;

import io.magpie.protocol.ErrorCode;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The web app's files. All of them are read into memory at start and found by their exact name, so
 * no path can lead anywhere else (S-F10). Unknown paths without a dot get the page, whose own
 * router knows them; it carries a fresh nonce for its styles.
 */
final class WebApp implements Handler<RoutingContext> {
  private static final String ROOT = "/web";

  /** Pages of other origins load it too; which of them may talk to us is decided elsewhere. */
  private static final String SDK = "/magpie.global.js";

  private static final String NONCE = "__CSP_NONCE__";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "woff2", "font/woff2");

  private final Map<String, Buffer> files;
  private final String page;
  private final SecureRandom random = new SecureRandom();

  private WebApp(Map<String, Buffer> files) {
    this.files = files;
    Buffer index = files.get("/index.html");
    this.page = index == null ? "" : index.toString();
  }

  /** Reads the files from the class path; none are there when the web app was not built. */
  static WebApp load() {
    URL root = WebApp.class.getResource(ROOT);
    if (root == null) {
      return new WebApp(Map.of());
    }
    try {
      URI uri = root.toURI();
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          return new WebApp(read(jar.getPath(ROOT)));
        }
      }
      return new WebApp(read(Path.of(uri)));
    } catch (IOException e) {
      throw new UncheckedIOException("the web app cannot be read", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Buffer> read(Path root) throws IOException {
    Map<String, Buffer> files = new HashMap<>();
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          files.put(
              "/" + root.relativize(file).toString().replace('\\', '/'),
              Buffer.buffer(in.readAllBytes()));
        }
      }
    }
    return files;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpMethod method = context.request().method();
    String path = context.request().path();
    if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
      Problems.send(context, ErrorCode.METHOD_NOT_ALLOWED);
    } else if (path.equals("/index.html") || !files.containsKey(path)) {
      servePage(context, path);
    } else {
      serveFile(context, path);
    }
  }

  private void servePage(RoutingContext context, String path) {
    if (page.isEmpty()
        || path.indexOf('.') >= 0 && !path.equals("/index.html")
        || path.contains("%")) {
      Problems.send(context, ErrorCode.NOT_FOUND);
      return;
    }
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String nonce = Base64.getEncoder().encodeToString(bytes);
    context
        .response()
        .putHeader("Content-Type", TYPES.get("html"))
        .putHeader("Content-Security-Policy", SecurityHeaders.page(nonce))
        .end(page.replace(NONCE, nonce));
  }

  private void serveFile(RoutingContext context, String path) {
    if (path.equals(SDK)) {
      context.response().putHeader("Cross-Origin-Resource-Policy", "cross-origin");
    }
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    context
        .response()
        .putHeader("Content-Type", TYPES.getOrDefault(ending, "application/octet-stream"))
        .putHeader(
            "Cache-Control",
            path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache")
        .end(files.get(path));
  }
}
