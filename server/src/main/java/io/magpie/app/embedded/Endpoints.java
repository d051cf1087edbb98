package io.magpie.app.embedded;

/**
 * Where the services listen, passwords included.
 *
 * @param postgresUri the application's role: reads and writes rows, no DDL
 * @param postgresOwnerUri the owner's role, for migrations only
 * @param redisUri Redis with its password and logical database
 */
public record Endpoints(String postgresUri, String postgresOwnerUri, String redisUri) {

  /** Without the passwords, so that a log line cannot leak them. */
  @Override
  public String toString() {
    return "Endpoints[postgres="
        + withoutPassword(postgresUri)
        + ", owner="
        + withoutPassword(postgresOwnerUri)
        + ", redis="
        + withoutPassword(redisUri)
        + "]";
  }

  private static String withoutPassword(String uri) {
    return uri.replaceFirst("//([^:@/]*):[^@/]*@", "//$1@");
  }
}
