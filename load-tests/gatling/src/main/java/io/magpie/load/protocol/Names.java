package io.magpie.load.protocol;

/** What the report calls things. */
public final class Names {
  public static final String LOG_IN = "Log in";
  public static final String LOG_IN_LATER = "Log in: told to come later (503)";
  public static final String RENEW = "Renew the access token";
  public static final String OPEN = "Open the WebSocket";
  public static final String CLOSE = "Close the WebSocket";
  public static final String HELLO = "hello → welcome";
  public static final String HELLO_LATER = "hello: told to come later (overloaded)";

  /** From the sender's send to the ack: committed. */
  public static final String STORED = "message.send → stored";

  /** From the sender's send to its arrival at one member; one entry for each member. */
  public static final String DELIVERED = "message.send → delivered";

  /** From the new connection's hello to a message that was missed meanwhile. */
  public static final String CAUGHT_UP = "reconnect → missed message";

  /** From the first try to come back to the last stream that is up to date. */
  public static final String BACK = "reconnect → up to date";

  public static final String SEEN = "status.set → seen";

  /** At the end: every stream is where the server says that it is. */
  public static final String COMPLETE = "At the end: nothing is missing";

  /** An event was numbered wrongly, came twice or is missing; never OK. */
  public static final String BROKEN = "Order of events";

  /** The server ended a connection that the scenario wanted to keep; never OK. */
  public static final String CUT = "Connection ended by the server";

  /** Gatling counts every WebSocket frame that it writes as a request of 0 ms. */
  public static final String FRAMES = "(frames written, always 0 ms)";

  private Names() {}

  /** Of a request by its operation. */
  public static String answered(String op) {
    return op.equals("message.send") ? STORED : op + " → answered";
  }
}
