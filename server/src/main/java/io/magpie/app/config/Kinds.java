package io.magpie.app.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The types that the table uses. */
final class Kinds {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");
  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern MEMBER =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[1-9][0-9]{0,4})?");
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  static final Kind<String> TEXT = Kind.of("text", "any text", Function.identity());
  static final Kind<String> NAMED_HOST =
      Kind.of("host", "a host name or an IP address", text -> matching(HOST, text));
  static final Kind<String> NODE_ID =
      Kind.of(
          "name",
          "1 to 64 letters, digits, dots, dashes and underscores",
          text -> matching(NODE, text));
  static final Kind<List<String>> MEMBERS =
      Kind.listOf(
          "members",
          "hosts as 10.0.0.1 or node-2.internal:5701, separated by commas",
          text -> matching(MEMBER, text));
  static final Kind<Integer> PORT =
      Kind.of(
          "port", "a port from 0 (any free one) to 65535", text -> (int) within(text, 0, 65_535));
  static final Kind<Boolean> SWITCH =
      Kind.of("switch", "on or off", text -> oneOf(text, "on", "off").equals("on"));
  static final Kind<Path> PATH = Kind.of("path", "a path", Path::of);
  static final Kind<Path> READABLE_FILE =
      Kind.of("file", "a file that this user may read", Kinds::readable);
  static final Kind<List<Cidr>> NETWORKS =
      Kind.listOf("networks", "networks as 10.0.0.0/8, separated by commas", Cidr::parse);
  static final Kind<String> ORIGIN_URL =
      Kind.of(
          "address",
          "an address as https://chat.example.com, without a path",
          text -> matching(ORIGIN, text.toLowerCase(Locale.ROOT)));
  static final Kind<List<String>> ORIGINS =
      Kind.listOf(
          "origins",
          "origins as https://chat.example.com, without a path or wildcard, separated by commas",
          text -> matching(ORIGIN, text.toLowerCase(Locale.ROOT)));
  static final Kind<Secret> SECRET = Kind.of("secret", "any text", Secret::new).secret();
  static final Kind<Secret> POSTGRES_URI =
      uri(
          "PostgreSQL URI",
          "postgresql://user:password@host:port/database",
          "postgresql",
          "postgres");
  static final Kind<Secret> REDIS_URI = redisUris();
  static final Kind<List<TokenKey>> TOKEN_KEYS =
      Kind.listOf(
              "keys", "id:base64 of at least 32 bytes each, separated by commas", TokenKey::parse)
          .secret();

  private Kinds() {}

  static Kind<Integer> count(int min, int max) {
    return Kind.of(
        "number",
        "a whole number from " + min + " to " + max,
        text -> (int) within(text, min, max));
  }

  static Kind<Duration> duration(String min, String max) {
    return Kind.of(
        "duration",
        "a duration from " + min + " to " + max + ", as 10s, 5m, 2h, 1d or PT10S",
        text -> {
          Duration value = Quantity.duration(text);
          check(value.compareTo(Quantity.duration(min)) >= 0);
          check(value.compareTo(Quantity.duration(max)) <= 0);
          return value;
        });
  }

  static Kind<Long> size(String min, String max) {
    return Kind.of(
        "size",
        "a size from " + min + " to " + max + ", as 65536, 64KiB or 1MiB",
        text -> {
          long value = Quantity.bytes(text);
          check(value >= Quantity.bytes(min) && value <= Quantity.bytes(max));
          return value;
        });
  }

  static Kind<String> choice(String... choices) {
    return Kind.of("choice", "one of " + String.join(", ", choices), text -> oneOf(text, choices));
  }

  private static Kind<Secret> uri(String name, String allowed, String... schemes) {
    return Kind.of(
            name,
            allowed,
            text -> {
              URI uri = URI.create(text);
              check(uri.getHost() != null && Arrays.asList(schemes).contains(uri.getScheme()));
              return new Secret(text);
            })
        .secret();
  }

  private static Kind<Secret> redisUris() {
    return Kind.of(
            "redis uris",
            "redis://[user:password@]host[:port][/database], rediss:// with TLS; several of them with commas between",
            text -> {
              for (String one : text.split(",", -1)) {
                URI uri = URI.create(one);
                check(uri.getHost() != null);
                check(uri.getScheme().equals("redis") || uri.getScheme().equals("rediss"));
              }
              return new Secret(text);
            })
        .secret();
  }

  private static Path readable(String text) {
    Path path = Path.of(text);
    check(Files.isRegularFile(path) && Files.isReadable(path));
    return path;
  }

  private static long within(String text, long min, long max) {
    check(text.matches("[0-9]{1,10}"));
    long value = Long.parseLong(text);
    check(value >= min && value <= max);
    return value;
  }

  private static String oneOf(String text, String... choices) {
    String lower = text.toLowerCase(Locale.ROOT);
    check(Arrays.asList(choices).contains(lower));
    return lower;
  }

  private static String matching(Pattern pattern, String text) {
    check(pattern.matcher(text).matches());
    return text;
  }

  private static void check(boolean allowed) {
    if (!allowed) {
      throw new IllegalArgumentException();
    }
  }
}
