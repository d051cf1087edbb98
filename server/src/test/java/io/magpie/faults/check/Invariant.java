package io.magpie.faults.check;

/** What must stay true whatever fails, as far as a history can tell. */
public enum Invariant {
  I1("no acknowledged message is lost"),
  I2("nothing is read that was not sent, and nothing that was refused"),
  I3("each device applies each event once"),
  I4("one message for each client id"),
  I5("one order without holes"),
  I6("messages of one device keep their order"),
  I7("everybody has everything soon after the fault"),
  I8("nobody gets what lies outside of their membership"),
  I9("an ended session gets nothing and does nothing"),
  I10("presence becomes right and never goes back"),
  I11("a cursor is resumed or refused, never skipped in silence"),
  I12("what is acknowledged is read on every node"),
  I13("no hang and no ack without the database"),
  I19("sends are answered while the service can work");

  private final String promise;

  Invariant(String promise) {
    this.promise = promise;
  }

  public String promise() {
    return promise;
  }
}
