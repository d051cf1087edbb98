package io.magpie.app;

import io.magpie.app.config.Config;
import io.magpie.app.demo.Person;
import java.io.PrintStream;
import java.util.Locale;

/** What to open, printed when the server is ready. */
final class Banner {
  private Banner() {}

  static void print(PrintStream out, Application application, Config config, long nanos) {
    String scheme = config.http().tls().isPresent() ? "https" : "http";
    String host = config.http().host().equals("127.0.0.1") ? "localhost" : config.http().host();
    String url = scheme + "://" + host + ":" + application.port();
    out.println();
    out.printf(Locale.ROOT, "Magpie is ready after %.1f s.%n%n", nanos / 1e9);
    out.println("  Web app   " + url);
    if (config.http().apiPage()) {
      out.println("  API       " + url + "/api");
    }
    out.println("  Health    " + url + "/health/ready");
    out.println(
        "  Metrics   http://"
            + config.management().host()
            + ":"
            + application.managementPort()
            + "/metrics");
    application
        .demo()
        .ifPresent(
            demo -> {
              out.println();
              out.println("  Demo people      first password");
              for (Person person : demo.people()) {
                out.printf("  %-16s %s%n", person.user().username(), person.password());
              }
            });
    out.println();
    out.println("Ctrl-C stops it.");
    out.flush();
  }
}
