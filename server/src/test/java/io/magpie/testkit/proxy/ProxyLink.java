package io.magpie.testkit.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.EnumMap;
import java.util.Map;

/**
 * One connection with its counterpart at the target. Its methods may be called from any thread and
 * have taken effect when they return.
 */
public final class ProxyLink {
  private final TcpProxy proxy;
  private final Channel client;
  private final Channel target;
  private final Map<Way, ProxyPipe> pipes = new EnumMap<>(Way.class);
  private final Map<Way, Long> budget = new EnumMap<>(Way.class);
  private final PatternSearch search = new PatternSearch();
  private boolean answerDoomed;
  private boolean over;

  /** On the event loop of both channels. */
  ProxyLink(TcpProxy proxy, Channel client, Channel target) {
    this.proxy = proxy;
    this.client = client;
    this.target = target;
    pipes.put(Way.TO_TARGET, pipe(client, target, proxy.rule(Way.TO_TARGET)));
    pipes.put(Way.TO_CLIENT, pipe(target, client, proxy.rule(Way.TO_CLIENT)));
    proxy.budget().forEach(budget::put);
    client.pipeline().addLast(new Side(Way.TO_TARGET));
    target.pipeline().addLast(new Side(Way.TO_CLIENT));
    pipes.values().forEach(ProxyPipe::flow);
  }

  private ProxyPipe pipe(Channel from, Channel to, ProxyRule rule) {
    return new ProxyPipe(from, to, rule, proxy.counts(), this::finished);
  }

  private void finished() {
    if (pipes.values().stream().allMatch(ProxyPipe::done)) {
      close();
    }
  }

  /** What was set between its making and its being known reaches it too. */
  void catchUp(boolean refused) {
    if (refused) {
      resetNow();
    } else {
      pipes.forEach((way, pipe) -> pipe.rule(proxy.rule(way)));
    }
  }

  /** Waits for it, so that what the caller does next comes after it. */
  private void run(Runnable work) {
    if (client.eventLoop().inEventLoop()) {
      work.run();
    } else {
      client.eventLoop().submit(work).syncUninterruptibly();
    }
  }

  /** This connection alone goes by another rule. */
  public void rule(Way way, ProxyRule rule) {
    run(() -> pipes.get(way).rule(rule));
  }

  /** Bytes of both ways vanish from now on. */
  public void swallow() {
    rule(Way.TO_TARGET, ProxyRule.SWALLOW);
    rule(Way.TO_CLIENT, ProxyRule.SWALLOW);
  }

  /** Both ends see a reset. */
  public void reset() {
    run(this::resetNow);
  }

  /** One end hears that nothing more comes; the other way goes on. */
  public void halfClose(Way way) {
    run(() -> pipes.get(way).end());
  }

  void limit(Way way, long bytes) {
    run(() -> budget.put(way, bytes));
  }

  /** Back to the proxy's rules; a connection that has lost something is reset. */
  void heal() {
    run(
        () -> {
          if (pipes.values().stream().anyMatch(ProxyPipe::lossy)) {
            resetNow();
            return;
          }
          budget.clear();
          answerDoomed = false;
          pipes.forEach((way, pipe) -> pipe.rule(proxy.rule(way)));
        });
  }

  private void resetNow() {
    if (!over) {
      proxy.counts().resets.increment();
      abort();
    }
  }

  private void abort() {
    hard(client);
    hard(target);
    close();
  }

  /** Its end will be a reset. */
  private static void hard(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
  }

  private void close() {
    over = true;
    proxy.forget(this);
    pipes.values().forEach(ProxyPipe::drop);
    client.close();
    target.close();
  }

  /** What was read on one side. */
  private void take(Way way, ByteBuf bytes) {
    if (over) {
      bytes.release();
    } else if (way == Way.TO_CLIENT && answerDoomed) {
      pipes.get(way).swallow(bytes);
      proxy.counts().cuts.increment();
      // The target has read everything by now: it ends quietly, the client hard.
      hard(client);
      close();
    } else {
      if (way == Way.TO_TARGET) {
        int found = search.count(proxy.pattern(), bytes);
        boolean fires = proxy.fires(found);
        if (fires && proxy.losesRequests()) {
          pipes.get(way).swallow(bytes);
          proxy.counts().cuts.increment();
          abort();
          return;
        }
        answerDoomed |= fires;
      }
      within(way, bytes);
    }
  }

  private void within(Way way, ByteBuf bytes) {
    Long left = budget.get(way);
    if (left == null || bytes.readableBytes() <= left) {
      budget.computeIfPresent(way, (w, was) -> was - bytes.readableBytes());
      pipes.get(way).take(bytes);
      return;
    }
    pipes.get(way).take(bytes.readRetainedSlice(left.intValue()));
    pipes.get(way).swallow(bytes);
    proxy.counts().cuts.increment();
    Channel sender = way == Way.TO_TARGET ? client : target;
    hard(sender);
    close();
  }

  /** Listens to one of the two channels. */
  private final class Side extends ChannelInboundHandlerAdapter {
    private final Way way;
    private boolean ended;

    Side(Way way) {
      this.way = way;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      take(way, (ByteBuf) message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent && !ended) {
        ended = true;
        pipes.get(way).end();
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      pipes.get(way.back()).flow();
    }

    /** Closed without a word: the other end learns it as hard, unless it must not learn it. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (over) {
        return;
      }
      if (pipes.get(way).rule().swallow()) {
        pipes.get(way).end();
      } else {
        abort();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
