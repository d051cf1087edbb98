package io.magpie.bench.load;

import java.util.Map;

/**
 * What happened to the messages of a run.
 *
 * @param expected deliveries of what was acknowledged
 * @param missing deliveries that did not come, or came after a later one
 * @param repeated deliveries that came again, or after a later one
 * @param foreign deliveries of messages of another conversation
 * @param lost connections that ended by themselves
 * @param problems by what was said, with how often
 */
public record Counts(
    int sent,
    int acked,
    int refused,
    long expected,
    long received,
    long missing,
    long repeated,
    long foreign,
    int lost,
    Map<String, Integer> problems) {
  /** Nothing was sent. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

  /** Everything was acknowledged and came to everybody, once and in the same order. */
  public boolean whole() {
    return acked == sent && ordered() && received == expected && lost == 0;
  }

  /**
   * Nothing came twice, out of order or to the wrong people, and nothing acknowledged is missing.
   */
  public boolean ordered() {
    return missing == 0 && repeated == 0 && foreign == 0;
  }

  /** What was added since an earlier look. */
  public Counts since(Counts before) {
    return new Counts(
        sent - before.sent,
        acked - before.acked,
        refused - before.refused,
        expected - before.expected,
        received - before.received,
        missing - before.missing,
        repeated - before.repeated,
        foreign - before.foreign,
        lost - before.lost,
        problems);
  }
}
