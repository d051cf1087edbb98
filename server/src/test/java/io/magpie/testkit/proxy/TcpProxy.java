package io.magpie.testkit.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between two ends of TCP on loopback and lets things go wrong. What is set holds for open
 * connections and for new ones until {@link #up}.
 */
public final class TcpProxy implements AutoCloseable {
  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(
          2, new DefaultThreadFactory("proxy", true), NioIoHandler.newFactory());

  /** Bytes that the kernel may keep on the way to a client: a stalled one is felt soon. */
  private static final int BUFFER = 64 * 1024;

  private final int target;
  private final Channel listening;
  private final ProxyCounts counts = new ProxyCounts();
  private final Set<ProxyLink> links = ConcurrentHashMap.newKeySet();
  private final Map<Way, ProxyRule> rules = new ConcurrentHashMap<>();
  private final Map<Way, Long> budget = new ConcurrentHashMap<>();
  private volatile boolean refusing;
  private volatile Doom doom = Doom.NONE;

  /** What is lost: a share of the pattern's places or the answers to them, for ever or once. */
  private record Doom(String pattern, double share, Random random, boolean once, boolean request) {
    static final Doom NONE = new Doom("", 0, new Random(0), false, false);
  }

  private TcpProxy(int target) {
    this.target = target;
    for (Way way : Way.values()) {
      rules.put(way, ProxyRule.PASS);
    }
    this.listening =
        new ServerBootstrap()
            .group(LOOPS)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4_096)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.SO_SNDBUF, BUFFER)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    accept(client);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  /**
   * Listens on a free port of loopback.
   *
   * @param target a port of loopback; nobody has to listen there yet
   */
  public static TcpProxy to(int target) {
    return new TcpProxy(target);
  }

  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** The port behind it. */
  public int target() {
    return target;
  }

  public ProxyCounts counts() {
    return counts;
  }

  /** The connections that are open now. */
  public List<ProxyLink> links() {
    return List.copyOf(links);
  }

  /** What happens to the bytes of one way from now on. */
  public void rule(Way way, ProxyRule rule) {
    rules.put(way, rule);
    links.forEach(link -> link.rule(way, rule));
  }

  /** The same for both ways. */
  public void rule(ProxyRule rule) {
    for (Way way : Way.values()) {
      rule(way, rule);
    }
  }

  /** From now on bytes of both directions vanish while the connections stay open. */
  public void swallow() {
    rule(ProxyRule.SWALLOW);
  }

  /** Resets all connections; new ones are taken. */
  public void reset() {
    links.forEach(ProxyLink::reset);
  }

  /** Ends all connections and takes no new ones: the target is away. */
  public void down() {
    refusing = true;
    reset();
  }

  /** As at the beginning; what was swallowed is lost, so such connections end. */
  public void up() {
    doom = Doom.NONE;
    budget.clear();
    for (Way way : Way.values()) {
      rules.put(way, ProxyRule.PASS);
    }
    refusing = false;
    links.forEach(ProxyLink::heal);
  }

  /** Each connection is cut after so many more bytes of one way. */
  public void cutAfter(Way way, long bytes) {
    budget.put(way, bytes);
    links.forEach(link -> link.limit(way, bytes));
  }

  /**
   * The next time a client sends these bytes, they are passed on, the answer is not, and the
   * connection ends. Once.
   *
   * @param pattern ASCII
   */
  public void cutAnswerTo(String pattern) {
    doom = new Doom(pattern, 1, new Random(0), true, false);
  }

  /** The same for a share of all such answers, until {@link #up}. */
  public void cutAnswersTo(String pattern, double share, Random random) {
    doom = new Doom(pattern, share, random, false, false);
  }

  /** The same, but what the client sends does not arrive either. */
  public void cutBefore(String pattern, double share, Random random) {
    doom = new Doom(pattern, share, random, false, true);
  }

  /** How often a connection was cut behind a pattern or a number of bytes. */
  public int cuts() {
    return (int) counts.cuts();
  }

  ProxyRule rule(Way way) {
    return rules.get(way);
  }

  Map<Way, Long> budget() {
    return budget.isEmpty() ? Map.of() : new EnumMap<>(budget);
  }

  String pattern() {
    return doom.pattern();
  }

  /** Whether the pattern itself is lost, and not only its answer. */
  boolean losesRequests() {
    return doom.request();
  }

  /** Whether the answer to one of these places of the pattern is to be lost. */
  synchronized boolean fires(int places) {
    Doom now = doom;
    boolean fires = false;
    for (int i = 0; i < places; i++) {
      fires |= now.random().nextDouble() < now.share();
    }
    if (fires && now.once()) {
      doom = Doom.NONE;
    }
    return fires;
  }

  void forget(ProxyLink link) {
    links.remove(link);
  }

  private void accept(SocketChannel client) {
    if (refusing) {
      refuse(client);
      return;
    }
    new Bootstrap()
        .group(client.eventLoop())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.SO_RCVBUF, BUFFER)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
        .handler(new ChannelInboundHandlerAdapter())
        .connect(InetAddress.getLoopbackAddress(), target)
        .addListener(
            connected -> {
              Channel other = ((ChannelFuture) connected).channel();
              if (!connected.isSuccess() || refusing || !client.isActive()) {
                other.close();
                refuse(client);
                return;
              }
              counts.links.increment();
              ProxyLink link = new ProxyLink(this, client, other);
              links.add(link);
              link.catchUp(refusing);
            });
  }

  private void refuse(SocketChannel client) {
    counts.refused.increment();
    client.config().setOption(ChannelOption.SO_LINGER, 0);
    client.close();
  }

  @Override
  public void close() {
    refusing = true;
    listening.close().syncUninterruptibly();
    reset();
  }
}
