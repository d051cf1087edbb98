package io.magpie.load.protocol;

/** What the report calls things: what matters first, because its menu shows some 15 letters. */
public final class Names {
  public static final String LOG_IN = "Log in";
  public static final String LOG_IN_LATER = "Later, please: log in";
  public static final String RENEW = "Token renewed";
  public static final String OPEN = "WebSocket open";
  public static final String CLOSE = "WebSocket close";

  /** From hello to welcome. */
  public static final String HELLO = "hello";

  public static final String HELLO_LATER = "Later, please: hello";

  /** From the sender's send to the ack: committed. */
  public static final String STORED = "Message stored";

  /** From the sender's send to its arrival at one member; one entry for each member. */
  public static final String DELIVERED = "Message delivered";

  /** From the new connection's hello to a message that was missed meanwhile. */
  public static final String CAUGHT_UP = "Missed message delivered";

  /** From the first try to come back to the last stream that is up to date. */
  public static final String BACK = "Back and up to date";

  public static final String SEEN = "Status seen";

  /** At the end: every stream is where the server says that it is. */
  public static final String COMPLETE = "Nothing missing at the end";

  /** An event was numbered wrongly, came twice or is missing; never OK. */
  public static final String BROKEN = "Order of events";

  /** The server ended a connection that the scenario wanted to keep; never OK. */
  public static final String CUT = "Ended by the server";

  /** Gatling counts every WebSocket frame that it writes as a request of 0 ms. */
  public static final String FRAMES = "(frames written)";

  private Names() {}

  /** Of a request, from its frame to its reply, by its operation. */
  public static String answered(String op) {
    return op.equals("message.send") ? STORED : op;
  }
}
