package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.util.List;
import java.util.Locale;

/**
 * Which of the packaged binaries fit this machine.
 *
 * @param postgresArchive class path name of the PostgreSQL archive
 * @param redisExecutables class path names of Redis, best first: the second is statically linked
 *     and serves machines without the libraries of the first
 */
record Platform(String postgresArchive, List<String> redisExecutables) {

  /**
   * The platform of this JVM.
   *
   * @throws StartFailure {@code platform-without-embedded-services} where no binaries are packaged
   */
  static Platform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static Platform of(String osName, String osArch) {
    String arch = osArch.toLowerCase(Locale.ROOT);
    if (osName.equals("Linux") && (arch.equals("amd64") || arch.equals("x86_64"))) {
      return new Platform(
          "postgres-linux-x86_64.txz",
          List.of("redis-server-6.2.6-v5-linux-amd64", "redis-server-6.2.7-linux-386"));
    }
    if (osName.equals("Linux") && arch.equals("aarch64")) {
      return new Platform("postgres-linux-arm_64.txz", List.of("redis-server-6.2.7-linux-arm64"));
    }
    throw new StartFailure(
        "platform-without-embedded-services",
        "The embedded PostgreSQL and Redis are packaged for Linux on x86-64 and ARM64, not for "
            + osName
            + " on "
            + osArch
            + ". Set MAGPIE_POSTGRES_URI, MAGPIE_POSTGRES_OWNER_URI and MAGPIE_REDIS_URI to use"
            + " your own.");
  }
}
