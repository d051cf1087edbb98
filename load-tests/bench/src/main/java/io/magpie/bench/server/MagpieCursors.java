package io.magpie.bench.server;

import io.magpie.bench.load.Link;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * With what a client comes back: the welcome of its connection before, and how many deliveries it
 * had then. Only messages happen in the benchmark's conversations, so its cursor there is the one
 * of the welcome plus the deliveries since.
 */
record MagpieCursors(String welcome, int taken) {
  private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]+)\"");
  private static final Pattern STREAM =
      Pattern.compile("\"stream\":\"([^\"]+)\"[^}]*\"after\":(\\d+)");

  /** Where the client is in its conversation. */
  long cursor(Link link) {
    for (Matcher stream = STREAM.matcher(welcome); stream.find(); ) {
      if (stream.group(1).equals(link.member().room())) {
        return Long.parseLong(stream.group(2)) + link.taken() - taken;
      }
    }
    throw new IllegalStateException("A welcome without the conversation: " + welcome);
  }

  /** The fields of the next hello, a comma before them. */
  String fields(Link link) {
    Matcher epoch = EPOCH.matcher(welcome);
    if (!epoch.find()) {
      throw new IllegalStateException("A welcome without an epoch: " + welcome);
    }
    StringJoiner cursors = new StringJoiner(",");
    for (Matcher stream = STREAM.matcher(welcome); stream.find(); ) {
      boolean ours = stream.group(1).equals(link.member().room());
      long cursor = Long.parseLong(stream.group(2)) + (ours ? link.taken() - taken : 0);
      cursors.add("\"" + stream.group(1) + "\":" + cursor);
    }
    return ",\"epoch\":\"" + epoch.group(1) + "\",\"cursors\":{" + cursors + "}";
  }
}
