package io.magpie.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import java.util.concurrent.TimeUnit;

/** Opens connections to Redis servers, each with a deadline. */
final class Connector {
  static final int CONNECT_MS = 2_000;

  /** A connection on which nothing moved for so long is closed, and what waits on it fails. */
  private static final int IDLE_SECONDS = 10;

  private final Vertx vertx;
  private final RedisSettings settings;

  Connector(Vertx vertx, RedisSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  RedisSettings settings() {
    return settings;
  }

  /**
   * One connection outside any pool to the server at an address. Closing it closes the socket.
   *
   * @param uri with the credentials
   */
  Future<Open> open(String uri) {
    Redis redis =
        Redis.createClient(
            vertx,
            options(uri)
                .setType(RedisClientType.STANDALONE)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setMaxWaitingHandlers(8_192));
    return redis
        .connect()
        .timeout(CONNECT_MS, TimeUnit.MILLISECONDS)
        .map(connection -> new Open(redis, connection))
        .onFailure(failure -> redis.close());
  }

  /** A pool for commands, whatever the shape of the servers. */
  Redis pool(int size, int waiting) {
    RedisOptions options = options(settings.uris().get(0)).setMaxPoolSize(size);
    options.setMaxPoolWaiting(waiting);
    settings.uris().stream().skip(1).forEach(options::addConnectionString);
    options.setNetClientOptions(
        net().setIdleTimeout(IDLE_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS));
    switch (settings.shape()) {
      case STANDALONE -> options.setType(RedisClientType.STANDALONE);
      case SENTINEL -> options.setType(RedisClientType.SENTINEL).setMasterName(settings.master());
      case CLUSTER -> options.setType(RedisClientType.CLUSTER);
    }
    return Redis.createClient(vertx, options);
  }

  private RedisOptions options(String uri) {
    return new RedisOptions()
        .setConnectionString(uri)
        .setPreferredProtocolVersion(ProtocolVersion.RESP2)
        .setNetClientOptions(net());
  }

  private NetClientOptions net() {
    NetClientOptions net =
        new NetClientOptions()
            .setConnectTimeout(CONNECT_MS)
            .setTcpKeepAlive(true)
            .setTcpNoDelay(true)
            .setHostnameVerificationAlgorithm("HTTPS");
    settings
        .authority()
        .ifPresent(file -> net.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    return net;
  }

  /** An open connection with the client it belongs to. */
  record Open(Redis client, RedisConnection connection) {
    void close() {
      connection.handler(null);
      connection.endHandler(null);
      connection.exceptionHandler(null);
      connection.close();
      client.close();
    }
  }
}
