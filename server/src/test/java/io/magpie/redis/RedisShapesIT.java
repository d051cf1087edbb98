package io.magpie.redis;

import io.magpie.testkit.EmbeddedForTests;
import java.nio.file.Path;

/** Sentinel and Cluster with the version that the server brings along: no channels by slot. */
class RedisShapesIT extends RedisShapes {
  @Override
  Path executable() {
    return EmbeddedForTests.redisExecutable();
  }

  @Override
  boolean sharded() {
    return false;
  }
}
