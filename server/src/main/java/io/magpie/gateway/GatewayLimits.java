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
    long outboundTotalBytes) {

  public static GatewayLimits defaults() {
    return new GatewayLimits(
        64 * 1024,
        20,
        60,
        10,
        Duration.ofSeconds(10),
        1_000,
        20,
        10,
        Duration.ofSeconds(25),
        Duration.ofSeconds(65),
        1024 * 1024,
        512,
        Duration.ofSeconds(10),
        256L * 1024 * 1024);
  }
}
