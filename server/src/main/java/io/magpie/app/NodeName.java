package io.magpie.app;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names of server processes: new at every start. */
final class NodeName {
  private NodeName() {}

  static String make() {
    return "node-" + HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());
  }
}
