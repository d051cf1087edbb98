package io.magpie.load;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a run is asked for.
 *
 * @param server address without a path
 * @param ramp in which the users arrive, each on its own moment
 * @param duration from the last arrival to the first who leaves
 * @param rate messages (in presence-churn: changes) per second, of all users together
 * @param bytes length of a text; ASCII, so also its characters
 */
public record Plan(
    URI server, Crowd crowd, Duration ramp, Duration duration, double rate, int bytes) {
  /** The time of sending stands in front of the text. */
  public static final int LEAST_BYTES = 24;

  /** What a scenario does unless it is asked for something else. */
  public record Usual(Crowd crowd, Duration ramp, Duration duration, double rate) {}

  /**
   * Reads {@code -DbaseUrl}, {@code -Dramp}, {@code -Dduration}, {@code -Drate}, {@code -Dbody}.
   */
  public static Plan read(Settings settings, Usual usual) {
    return new Plan(
        server(settings.text("baseUrl").orElse("http://localhost:8080")),
        Crowd.read(settings, usual.crowd()),
        atLeastASecond("ramp", settings.duration("ramp", usual.ramp())),
        atLeastASecond("duration", settings.duration("duration", usual.duration())),
        settings.number("rate", usual.rate(), 100_000),
        settings.whole("body", 200, LEAST_BYTES, 8_000));
  }

  /** Mean time between two messages of one user. */
  public Duration interval() {
    return Duration.ofNanos(Math.round(crowd.users() / rate * 1e9));
  }

  /** The WebSocket address: the same server, {@code ws} or {@code wss}. */
  public String socketUrl() {
    return server.toString().replaceFirst("^http", "ws");
  }

  private static Duration atLeastASecond(String name, Duration value) {
    if (value.toMillis() < 1000) {
      throw new Refusal("-D%s must be a second at least.".formatted(name));
    }
    return value;
  }

  private static URI server(String text) {
    return parsed(text)
        .filter(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        .filter(uri -> uri.getHost() != null && uri.getRawQuery() == null)
        .filter(uri -> uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
        .map(uri -> URI.create(uri.getScheme() + "://" + uri.getRawAuthority()))
        .orElseThrow(
            () ->
                new Refusal(
                    "-DbaseUrl must be an address as http://localhost:8080, without a path, not %s."
                        .formatted(text)));
  }

  private static Optional<URI> parsed(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "%s, %s messages/s of %d bytes, %s after a ramp of %s, against %s"
        .formatted(crowd, rate, bytes, words(duration), words(ramp), server);
  }

  private static String words(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
