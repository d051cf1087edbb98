package io.magpie.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that a close frame arrives and that the socket ends, whatever the peer does. It joins
 * the channel at the end, between the codec of frames and the {@link Wire}, on its event loop.
 *
 * <p>From then on nothing but the peer's own close frame reaches the wire. What the peer goes on
 * sending is read and thrown away: a socket that is closed with bytes unread is reset, and the
 * reset may overtake the close frame (RFC 9112, 9.6; RFC 6455, 7.1.1). Whoever sends much more has
 * no frames decoded any more, whoever sends far too much is not read any more. After {@link
 * #LONGEST} the socket is cut in any case, also when the peer does not take the close frame.
 */
final class Farewell extends ChannelInboundHandlerAdapter {
  /** From the end of a connection to the end of its socket. */
  static final Duration LONGEST = Duration.ofSeconds(5);

  /** The same, once nothing is read any more. */
  static final Duration DEAF = Duration.ofSeconds(1);

  /** Bytes in which the peer's close frame is looked for. */
  private static final int DECODED = 64 * 1024;

  /** Bytes that are read and thrown away. */
  private static final int READ = 8 * 1024 * 1024;

  /** What a frame costs beside its content. */
  private static final int HEAD = 6;

  private ChannelHandlerContext context;
  private Future<?> cut;
  private boolean discarding;
  private int read;

  private Farewell() {}

  /**
   * Begins; on the event loop of the channel. The close frame was written, and may have reached the
   * socket or not.
   *
   * @param wire the handler behind which nobody hears what still comes
   * @param corrupt whether what comes in are no frames any more
   */
  static void begin(ChannelHandlerContext wire, boolean corrupt) {
    if (wire.channel().isActive()) {
      Farewell farewell = new Farewell();
      wire.pipeline().addBefore(wire.name(), "farewell", farewell);
      farewell.begin(corrupt);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  private void begin(boolean corrupt) {
    context.channel().config().setAutoRead(true);
    cutAfter(LONGEST);
    if (corrupt) {
      discard();
    }
  }

  private void cutAfter(Duration wait) {
    if (cut != null) {
      cut.cancel(false);
    }
    cut =
        context.executor().schedule(() -> context.close(), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    cut.cancel(false);
    from.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    if (message instanceof CloseWebSocketFrame && !discarding) {
      from.fireChannelRead(message);
    } else {
      swallow(message);
    }
  }

  private void swallow(Object message) {
    read += size(message);
    ReferenceCountUtil.release(message);
    if (read > DECODED && !discarding) {
      discard();
    }
    if (read > READ && context.channel().config().isAutoRead()) {
      context.channel().config().setAutoRead(false);
      cutAfter(DEAF);
    }
  }

  private static int size(Object message) {
    return message instanceof ByteBufHolder frame
        ? HEAD + frame.content().readableBytes()
        : message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
  }

  /**
   * No frames from here on, so the peer's close frame cannot be seen; told that nothing more comes
   * after ours, it ends the connection itself.
   */
  private void discard() {
    discarding = true;
    if (context.pipeline().context(WebSocketFrameDecoder.class) != null) {
      context.pipeline().remove(context.pipeline().get(WebSocketFrameDecoder.class));
    }
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> halfClose());
  }

  private void halfClose() {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (context.channel() instanceof DuplexChannel channel) {
      channel.shutdownOutput();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    if (!Frames.corrupt(cause)) {
      from.fireExceptionCaught(cause);
    }
  }
}
