package io.magpie.cluster;

/**
 * What a node tells about itself at each renewal of its lease.
 *
 * @param address where people reach it, for operators
 * @param connections open WebSockets
 * @param load share of the machine's CPU that the process takes, 0 to 1
 * @param lagMs longest delay of an event loop in the last minutes, in milliseconds
 */
public record NodeVitals(String address, int connections, double load, int lagMs) {
  /** Of a node that has not begun to serve. */
  public static final NodeVitals STARTING = new NodeVitals("", 0, 0, 0);
}
