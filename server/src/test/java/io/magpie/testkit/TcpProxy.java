package io.magpie.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between two ends of TCP and lets things go wrong. */
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final int target;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile boolean refusing;
  private volatile boolean swallowing;
  private volatile String cutAfter = "";

  private TcpProxy(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  public static TcpProxy to(int target) {
    try {
      TcpProxy proxy =
          new TcpProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target);
      daemon("proxy-accept", proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** From now on bytes of both directions vanish while the connections stay open. */
  public void swallow() {
    swallowing = true;
  }

  /** Ends all connections and takes no new ones: the target is away. */
  public void down() {
    refusing = true;
    links.forEach(Link::end);
  }

  /** As at the beginning; what was swallowed is lost, so such connections end. */
  public void up() {
    if (swallowing) {
      links.forEach(Link::end);
    }
    swallowing = false;
    refusing = false;
    cutAfter = "";
  }

  /**
   * The next time a client sends these bytes, they are passed on, the answer is not, and the
   * connection ends. Once.
   *
   * @param pattern ASCII
   */
  public void cutAnswerTo(String pattern) {
    cutAfter = pattern;
  }

  /** How often a connection was cut by {@link #cutAnswerTo}. */
  public int cuts() {
    return cuts.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (refusing) {
          client.close();
          continue;
        }
        Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
        links.add(link);
        daemon("proxy-up", () -> link.pump(link.client, link.server, true));
        daemon("proxy-down", () -> link.pump(link.server, link.client, false));
      } catch (IOException e) {
        // the listener was closed, or the target is away: the client sees the end
      }
    }
  }

  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean cut;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void pump(Socket from, Socket to, boolean towardsServer) {
      byte[] bytes = new byte[64 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
          if (towardsServer && fires(bytes, read)) {
            cut = true;
          }
          if (cut && !towardsServer) {
            cuts.incrementAndGet();
            break;
          }
          if (!swallowing) {
            out.write(bytes, 0, read);
            out.flush();
          }
        }
      } catch (IOException e) {
        // one end is gone, so the other goes too
      }
      end();
    }

    private boolean fires(byte[] bytes, int read) {
      String pattern = cutAfter;
      if (pattern.isEmpty()
          || !new String(bytes, 0, read, StandardCharsets.ISO_8859_1).contains(pattern)) {
        return false;
      }
      cutAfter = "";
      return true;
    }

    void end() {
      links.remove(this);
      try {
        client.close();
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    links.forEach(Link::end);
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
