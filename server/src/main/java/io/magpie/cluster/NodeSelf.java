package io.magpie.cluster;

import java.time.Duration;

/**
 * What a node is for as long as its process runs.
 *
 * @param id unique among the living nodes, 1 to 64 characters
 * @param version of the build
 * @param lease how long the others believe in it after it was last heard of; 2 s or more
 */
public record NodeSelf(String id, String version, Duration lease) {}
