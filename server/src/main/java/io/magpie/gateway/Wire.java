package io.magpie.gateway;

import io.magpie.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One WebSocket after the upgrade, directly on its Netty channel: upgrading and taking frames apart
 * are the libraries' work; what is answered, written and flushed when is decided here. Frames go
 * out as ready-made bytes, so that one buffer serves many connections (ADR 0016).
 *
 * <p>Lives on the event loop of its channel.
 */
final class Wire extends ChannelInboundHandlerAdapter {
  private static final Deque<WebSocketFrame> NONE = new ArrayDeque<>(0);

  private final ContextInternal context;
  private final Listener listener;
  private ChannelHandlerContext channel;
  private Deque<WebSocketFrame> held = NONE;
  private boolean paused;
  private boolean closing;
  private boolean gone;

  /**
   * @param context on which the listener is called; of the channel's event loop
   */
  Wire(ContextInternal context, Listener listener) {
    this.context = context;
    this.listener = listener;
  }

  /** Who is told what happens. */
  interface Listener {
    /** Data, a ping or a pong; its bytes are there during the call only. */
    void frame(WebSocketFrame frame);

    /** Takes bytes again. */
    void writable();

    /** What came in is no WebSocket frame, or the connection broke. */
    void failed(Throwable cause);

    /** The peer has closed or the channel has ended. Told once. */
    void gone();
  }

  /**
   * Takes the channel over from Vert.x, which sees nothing of it from then on. Call it on the event
   * loop, in the turn in which the upgrade was accepted.
   */
  void takeOver(ServerWebSocket socket) {
    ChannelHandlerContext vertx = ((WebSocketInternal) socket).channelHandlerContext();
    vertx.pipeline().replace(vertx.handler(), "magpie", this);
    vertx.pipeline().remove("wsencoder");
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx;
  }

  /** The place in the pipeline. */
  ChannelHandlerContext channel() {
    return channel;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof WebSocketFrame frame)) {
      ReferenceCountUtil.release(message);
    } else if (paused && !closing) {
      hold(frame);
    } else {
      take(frame);
    }
  }

  private void take(WebSocketFrame frame) {
    try {
      if (frame instanceof CloseWebSocketFrame close) {
        peerCloses(close);
      } else if (!closing) {
        context.dispatch(frame, listener::frame);
      }
    } finally {
      frame.release();
    }
  }

  /** Their answer to ours ends it; otherwise ours is the answer. */
  private void peerCloses(CloseWebSocketFrame frame) {
    if (closing) {
      channel.close();
      return;
    }
    int code = frame.statusCode();
    ByteBuf answer = WireFrames.close(alloc(), code < 0 ? WireFrames.NO_STATUS : code, "");
    closing = true;
    channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    Farewell.begin(channel, false); // the answer may find a peer that takes nothing
    tellGone();
  }

  /** At most what one read of the socket brought: nothing more is read while this is paused. */
  private void hold(WebSocketFrame frame) {
    if (held == NONE) {
      held = new ArrayDeque<>();
    }
    held.add(frame);
  }

  private void release() {
    held.forEach(ReferenceCountUtil::release);
    held = NONE;
  }

  /** Nothing is given to the listener until {@link #resume}. */
  void pause() {
    paused = true;
    channel.channel().config().setAutoRead(false);
  }

  void resume() {
    paused = false;
    while (!paused && !held.isEmpty()) {
      take(held.poll());
    }
    if (!paused) {
      held = NONE;
      channel.channel().config().setAutoRead(true);
    }
  }

  ByteBufAllocator alloc() {
    return channel.alloc();
  }

  /** Whether the socket takes more now. */
  boolean writable() {
    return !closing && channel.channel().isWritable();
  }

  /** Queues a whole frame, without its own flush. */
  void write(ByteBuf frame) {
    if (closing) {
      frame.release();
    } else {
      channel.write(frame, channel.voidPromise());
    }
  }

  void flush() {
    channel.flush();
  }

  /** Our side ends here: what was written before still goes out, nothing later is read. */
  void close(CloseCode code, String reason) {
    if (!closing) {
      closing = true;
      release();
      channel.writeAndFlush(WireFrames.close(alloc(), code.number(), reason));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (writable()) {
      context.dispatch(listener::writable);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    release();
    tellGone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!closing) {
      context.dispatch(() -> listener.failed(cause));
    }
  }

  private void tellGone() {
    if (!gone) {
      gone = true;
      context.dispatch(listener::gone);
    }
  }
}
