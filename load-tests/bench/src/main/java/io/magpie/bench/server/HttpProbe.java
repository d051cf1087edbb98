package io.magpie.bench.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a page whether it is there. */
final class HttpProbe {
  private HttpProbe() {}

  /** Whether anything answers, with whatever status. */
  static boolean listens(int port) {
    return status(port, "/") > 0;
  }

  static boolean answers(int port, String path) {
    return status(port, path) == 200;
  }

  private static int status(int port, String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(2_000);
      return connection.getResponseCode();
    } catch (IOException e) {
      return -1;
    }
  }
}
