package io.magpie.job;

import java.util.regex.Pattern;

/**
 * A kind of job. Features declare theirs as constants; the name stays for ever, because rows of
 * older versions carry it.
 *
 * @param name at most 63 lower-case letters, dots and hyphens, such as {@code pin.expiry}
 * @param payload a small record; fields that a newer version added are skipped when it is read
 * @param atOnce how many of them a node runs at the same time, at least one
 */
public record JobKind<P>(String name, Class<P> payload, int atOnce) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z.-]{0,61}[a-z]");

  public JobKind {
    if (!NAME.matcher(name).matches() || atOnce < 1) {
      throw new IllegalArgumentException("no kind of job: " + name + " × " + atOnce);
    }
  }

  /** A kind without payload, one at a time: periodic work. */
  public static JobKind<Nothing> periodic(String name) {
    return new JobKind<>(name, Nothing.class, 1);
  }

  /** The payload of a job that needs none. */
  public record Nothing() {}
}
