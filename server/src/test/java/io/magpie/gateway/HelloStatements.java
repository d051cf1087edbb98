package io.magpie.gateway;

import java.util.List;

/** Which of the statements in PostgreSQL's log a hello has asked; those of timers are none. */
final class HelloStatements {
  private HelloStatements() {}

  static List<String> in(List<String> statements) {
    return statements.stream().filter(HelloStatements::ofHello).toList();
  }

  private static boolean ofHello(String statement) {
    return statement.contains(" from session s join app_user")
        || statement.contains(" from stream_reader r join stream s")
        || statement.startsWith("select id as stream_id, head as seq");
  }
}
