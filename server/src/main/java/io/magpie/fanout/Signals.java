package io.magpie.fanout;

/** Sends signals to everybody who reads the stream now, except the user it comes from. */
@FunctionalInterface
public interface Signals {
  void send(Signal signal);
}
