package io.magpie.app.rehearsal;

import io.magpie.gateway.GatewaySettings;
import io.magpie.redis.RedisSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;

/**
 * What a rehearsal shares with the node.
 *
 * @param postgresUri of the application's role
 * @param gateway what the node's own gateway tells its clients; its limits do not count here
 * @param server how the node serves, without address and TLS
 */
public record RehearsalParts(
    Vertx vertx,
    String postgresUri,
    RedisSettings redis,
    GatewaySettings gateway,
    HttpServerOptions server) {}
