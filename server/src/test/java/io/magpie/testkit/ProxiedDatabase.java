package io.magpie.testkit;

import io.magpie.app.embedded.Endpoints;
import io.magpie.testkit.proxy.TcpProxy;
import java.net.URI;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A fresh database that a server reaches through a {@link TcpProxy}. */
public final class ProxiedDatabase implements AutoCloseable {
  private static final AtomicInteger MADE = new AtomicInteger();

  private final Endpoints direct;
  private final TcpProxy proxy;

  public ProxiedDatabase() {
    direct = EmbeddedForTests.freshDatabase("proxied_" + MADE.incrementAndGet());
    proxy = TcpProxy.to(URI.create(direct.postgresUri()).getPort());
  }

  public TcpProxy proxy() {
    return proxy;
  }

  /** The same database beside the proxy. */
  public Endpoints direct() {
    return direct;
  }

  /** For the server: only the application's role goes through the proxy. */
  public Endpoints endpoints() {
    int port = URI.create(direct.postgresUri()).getPort();
    return new Endpoints(
        direct.postgresUri().replace(":" + port + "/", ":" + proxy.port() + "/"),
        direct.postgresOwnerUri(),
        direct.redisUri());
  }

  /** A value of the database, beside the proxy. */
  public String sql(String query) {
    try {
      return Jdbc.one(direct.postgresOwnerUri(), query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    proxy.close();
  }
}
