package io.magpie.app;

import io.magpie.app.config.Config;
import java.io.PrintStream;
import java.util.List;

final class UserAdd {
  static int run(List<String> words, Config config, PrintStream out) {
    throw new UnsupportedOperationException();
  }
}
