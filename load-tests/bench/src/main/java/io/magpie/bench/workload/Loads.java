package io.magpie.bench.workload;

import java.util.Locale;

/** Names of loads. */
public final class Loads {
  public static final String MAXIMUM = "maximum";
  public static final String HALF = "half of it";

  /** Messages that mention nobody. */
  public static final String PLAIN = "messages";

  /** Messages that mention everybody. */
  public static final String TO_ALL = "messages with @all";

  /** Few messages are stored. */
  public static final String FEW = "small";

  /** Many are. */
  public static final String MANY = "big";

  private static final String REFUSED = ", refused: ";

  private Loads() {}

  static String connections(int count) {
    return String.format(Locale.ROOT, "%,d connections", count);
  }

  /** So many times what a server stands. */
  public static String times(int times) {
    return times + " times";
  }

  /** Half of what it stands, before that. */
  public static String before(int times) {
    return HALF + ", before " + times(times);
  }

  /** The same afterwards. */
  public static String after(int times) {
    return HALF + ", after " + times(times);
  }

  /** What was said to those who were refused. */
  public static String refused(String load, String why) {
    return load + REFUSED + why;
  }

  /** The words of {@link #refused}: load and reason; the load alone where it is none. */
  public static String[] refusal(String load) {
    return load.split(REFUSED, 2);
  }

  /** Something that is asked of a database. */
  public static String asked(String what, String database) {
    return what + ", " + database;
  }

  /** What is asked for in such a load. */
  public static String question(String asked) {
    return asked.substring(0, asked.lastIndexOf(", "));
  }

  /** The same where many messages are stored. */
  public static String inMany(String asked) {
    return asked(question(asked), MANY);
  }

  static String perSecond(double rate) {
    return String.format(Locale.ROOT, "%,.0f/s", rate);
  }
}
