package io.magpie.redis;

import io.vertx.core.buffer.Buffer;

/** Something to publish on a channel (ASCII). */
public record Publication(String channel, Buffer payload) {}
