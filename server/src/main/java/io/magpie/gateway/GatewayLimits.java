package io.magpie.gateway;

import java.time.Duration;

/**
 * What one connection may do. docs/settings.md has the settings behind it.
 *
 * @param frameBytes bytes of a frame and of a whole message
 * @param framesPerSecond text frames, in the long run
 * @param framesBurst text frames at once
 * @param controlFramesPerSecond pings and pongs
 * @param helloDeadline from the upgrade to a good hello
 * @param unauthenticatedPerNode connections without a good hello
 * @param unauthenticatedPerAddress the same of one address
 * @param socketsPerUser open connections of a user; the oldest gives way
 * @param heartbeat between two heartbeats
 * @param readIdle silence after which a connection is closed
 * @param outboundBytes waiting for one connection
 * @param outboundFrames events and frames waiting for one connection
 * @param outboundStall how long a connection may take nothing while something waits
 * @param outboundTotalBytes waiting for all connections of the node
 * @param hellosPerSecond hellos that a node finishes, in the long run
 * @param hellosBurst hellos that may come together
 * @param hellosAtOnce hellos that ask the database at the same time
 * @param flushWait how long a busy event loop lets things gather at most before it writes them
 * @param drain in which clients are sent away when the node stops
 */
public record GatewayLimits(
    int frameBytes,
    int framesPerSecond,
    int framesBurst,
    int controlFramesPerSecond,
    Duration helloDeadline,
    int unauthenticatedPerNode,
    int unauthenticatedPerAddress,
    int socketsPerUser,
    Duration heartbeat,
    Duration readIdle,
    int outboundBytes,
    int outboundFrames,
    Duration outboundStall,
    long outboundTotalBytes,
    int hellosPerSecond,
    int hellosBurst,
    int hellosAtOnce,
    Duration flushWait,
    Duration drain) {

  /** A line that moves at the full rate is through within half of the time for a hello. */
  HelloGate.Limits hellos() {
    long waiting = hellosPerSecond * helloDeadline.toMillis() / 2_000;
    return new HelloGate.Limits(
        hellosPerSecond, hellosBurst, hellosAtOnce, (int) Math.max(1, waiting));
  }
}
