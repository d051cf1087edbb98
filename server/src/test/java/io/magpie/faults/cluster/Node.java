package io.magpie.faults.cluster;

import io.magpie.testkit.proxy.TcpProxy;
import java.util.List;

/**
 * One server and what stands around it.
 *
 * @param name {@code node1} and so on, also its id in the cluster
 * @param clients between people and the server
 * @param postgres between this server and PostgreSQL
 * @param redis between this server and Redis
 */
public record Node(
    String name, ServerProcess process, TcpProxy clients, TcpProxy postgres, TcpProxy redis) {

  /** Where clients reach it. */
  public String url() {
    return "http://localhost:" + clients.port();
  }

  /** Every proxy passes again, and the process runs and is told to go on. */
  public void heal() {
    proxies().forEach(TcpProxy::up);
    process.thaw();
    if (!process.isAlive()) {
      process.start();
    }
  }

  List<TcpProxy> proxies() {
    return List.of(clients, postgres, redis);
  }

  void close() {
    process.end();
    proxies().forEach(TcpProxy::close);
  }
}
