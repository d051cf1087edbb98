package io.magpie.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** System properties, read strictly: a value that is not allowed ends in a {@link Refusal}. */
public final class Settings {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

  private final Function<String, Optional<String>> source;

  public Settings(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /** Those of this process. */
  public static Settings ofSystem() {
    return new Settings(name -> Optional.ofNullable(System.getProperty(name)));
  }

  public Optional<String> text(String name) {
    return source.apply(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** A whole number from {@code least} to {@code most}. */
  public int whole(String name, int fallback, int least, int most) {
    Optional<String> given = text(name);
    try {
      int value = given.map(Integer::parseInt).orElse(fallback);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The sentence below says what is wanted.
    }
    throw new Refusal(
        "-D%s must be a whole number from %d to %d, not %s."
            .formatted(name, least, most, given.orElse(String.valueOf(fallback))));
  }

  /** A number above 0 and up to {@code most}. */
  public double number(String name, double fallback, double most) {
    Optional<String> given = text(name);
    try {
      double value = given.map(Double::parseDouble).orElse(fallback);
      if (value > 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The sentence below says what is wanted.
    }
    throw new Refusal(
        "-D%s must be a number above 0 and up to %s, not %s."
            .formatted(name, most, given.orElse(String.valueOf(fallback))));
  }

  /** A duration as 500ms, 30s, 5m or 2h; a number alone is seconds. At most a day. */
  public Duration duration(String name, Duration fallback) {
    Optional<String> given = text(name);
    if (given.isEmpty()) {
      return fallback;
    }
    Matcher form = DURATION.matcher(given.get().toLowerCase(Locale.ROOT));
    if (form.matches()) {
      Duration value = duration(Long.parseLong(form.group(1)), form.group(2));
      if (value.compareTo(Duration.ofDays(1)) <= 0) {
        return value;
      }
    }
    throw new Refusal(
        "-D%s must be a duration up to 24h, as 500ms, 30s, 5m or 2h, not %s."
            .formatted(name, given.get()));
  }

  private static Duration duration(long count, String unit) {
    return switch (unit == null ? "s" : unit) {
      case "ms" -> Duration.ofMillis(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofSeconds(count);
    };
  }
}
