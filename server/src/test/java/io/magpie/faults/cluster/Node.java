package io.magpie.faults.cluster;

import io.magpie.testkit.proxy.TcpProxy;
import java.time.Duration;
import java.util.List;

/**
 * One server and what stands around it.
 *
 * @param name {@code node1} and so on, also its id in the cluster
 * @param clients between people and the server
 * @param postgres between this server and PostgreSQL
 * @param redis between this server and Redis
 * @param peers between the other servers and this one's member port; used where the cluster is on
 * @param bus the same for the port of its event bus
 */
public record Node(
    String name,
    ServerProcess process,
    TcpProxy clients,
    TcpProxy postgres,
    TcpProxy redis,
    TcpProxy peers,
    TcpProxy bus) {

  /** Where clients reach it. */
  public String url() {
    return "http://localhost:" + clients.port();
  }

  /** The same, past the proxy. */
  public String directUrl() {
    return "http://localhost:" + clients.target();
  }

  /** How wrong its clock is from now on. */
  public void moveClock(Duration offset) {
    process.place("clock", offset.toString());
  }

  /** Blocks one of its event loops within 100 ms for so long. */
  public void blockLoop(Duration time) {
    process.place("block", String.valueOf(time.toMillis()));
  }

  /** Every proxy passes again, and the process runs and is told to go on. */
  public void heal() {
    proxies().forEach(TcpProxy::up);
    moveClock(Duration.ZERO);
    process.thaw();
    if (!process.isAlive()) {
      process.start();
    }
  }

  List<TcpProxy> proxies() {
    return List.of(clients, postgres, redis, peers, bus);
  }

  void close() {
    process.end();
    proxies().forEach(TcpProxy::close);
  }
}
