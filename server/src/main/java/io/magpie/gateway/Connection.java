package io.magpie.gateway;

import io.magpie.access.Actor;
import io.magpie.fanout.Signal;
import io.magpie.fanout.Subscriber;
import io.magpie.operation.Line;
import io.magpie.protocol.CloseCode;
import io.magpie.protocol.ErrorBody;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.protocol.ServerFrame;
import io.magpie.stream.Event;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: who it is, what comes in, what waits to go out, when it ends. What frames mean is
 * the {@link Dispatcher}'s business.
 */
final class Connection implements Subscriber, Line, Wire.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int MAX_BAD_FRAMES = 5;

  private final UUID id = UUID.randomUUID();
  private final Loop loop;
  private final Wire wire;
  private final String address;
  private final String agent;
  private final Inbound inbound;
  private final Outbound outbound;
  private final Requests requests;
  private final TokenBucket controlFrames;
  private final Pulse pulse;
  private final Watch watch;
  private final Ending ending;
  private Actor.User actor;
  private boolean greeted;
  private boolean live;
  private volatile boolean revoked;
  private boolean dirty;
  private int badFrames;

  /**
   * @param agent what the client calls itself; empty if nothing
   */
  Connection(Loop loop, String address, String agent) {
    this.loop = loop;
    this.wire = new Wire(loop.context(), this);
    this.address = address;
    this.agent = agent;
    GatewayLimits limits = loop.settings().limits();
    this.inbound = new Inbound(limits.frameBytes(), loop.utf8());
    this.outbound = new Outbound(wire, limits, loop.outboundTotal(), loop.frames());
    this.requests = new Requests(loop.settings());
    long now = System.nanoTime();
    this.controlFrames =
        new TokenBucket(limits.controlFramesPerSecond(), limits.controlFramesPerSecond() * 2, now);
    this.pulse = new Pulse(limits, now);
    this.watch = new Watch(loop, this, pulse, inbound, outbound);
    this.ending = new Ending(loop, wire, this::over);
  }

  /** Serves this upgraded socket from now on. */
  void open(ServerWebSocket socket) {
    wire.takeOver(socket);
  }

  @Override
  public UUID id() {
    return id;
  }

  String address() {
    return address;
  }

  Requests requests() {
    return requests;
  }

  String agent() {
    return agent;
  }

  @Override
  public UUID user() {
    return actor.id();
  }

  UUID session() {
    return actor.session();
  }

  /** Who acts; only after a good hello. */
  Actor.User actor() {
    return actor;
  }

  boolean live() {
    return live;
  }

  boolean ended() {
    return ending.over();
  }

  Loop loop() {
    return loop;
  }

  /** Runs something on this connection's event loop, in a later turn. */
  void onLoop(Runnable work) {
    loop.context().runOnContext(go -> work.run());
  }

  /**
   * A hello has come.
   *
   * @return whether it is the first one
   */
  boolean greet() {
    boolean first = !greeted;
    greeted = true;
    return first;
  }

  /** Whether a hello has come. */
  boolean greeted() {
    return greeted;
  }

  /** The hello was good. */
  void authenticated(Actor.User user) {
    actor = user;
  }

  /** Welcome was sent: requests are taken from here on. */
  void goLive() {
    live = true;
    pulse.welcomed(System.nanoTime());
  }

  /** A fresh token of the same session. */
  void renew(Actor.User fresh) {
    actor = fresh;
    watch.renewed();
  }

  /** Nothing more is read until {@link #resume}. */
  void pause() {
    wire.pause();
  }

  void resume() {
    wire.resume();
  }

  /**
   * The session has ended: no frame is taken from this moment on, also of those that the event loop
   * finds before it comes to close the connection (S-A15). From any thread.
   */
  void revoke() {
    revoked = true;
  }

  @Override
  public void frame(WebSocketFrame frame) {
    if (ended() || revoked) {
      return;
    }
    long now = System.nanoTime();
    pulse.heard(now);
    if (frame instanceof PingWebSocketFrame) {
      ping(frame, now);
    } else if (frame instanceof PongWebSocketFrame) {
      admitControl(now);
    } else {
      try {
        if (!live || !inbound.plain(frame) || !loop.dispatcher().shed(this, frame.content())) {
          inbound.take(frame, now).ifPresent(text -> loop.dispatcher().text(this, text));
        }
      } catch (Inbound.Refused refused) {
        end(refused.code(), refused.getMessage());
      }
    }
  }

  private void ping(WebSocketFrame frame, long now) {
    admitControl(now);
    if (!ended() && wire.writable()) {
      wire.write(WireFrames.pong(wire.alloc(), frame.content()));
      wire.flush();
    }
  }

  /** Pings, pongs and heartbeats have a rate of their own; who floods with them is closed. */
  void heartbeat() {
    admitControl(System.nanoTime());
  }

  private void admitControl(long now) {
    if (!controlFrames.take(now)) {
      end(CloseCode.POLICY, RequestError.of(ErrorCode.RATE_LIMITED));
    }
  }

  /** A frame that is no request and cannot be understood; the fifth one ends the connection. */
  void bad(RequestError error) {
    badFrames++;
    if (badFrames >= MAX_BAD_FRAMES) {
      end(CloseCode.BAD_FRAME, error);
    } else {
      send(new ServerFrame.ErrorFrame(ErrorBody.of(error), false));
    }
  }

  void send(ServerFrame frame) {
    if (!ended()) {
      sendBytes(frame.utf8());
    }
  }

  /** A whole frame as UTF-8. */
  void sendBytes(byte[] utf8) {
    if (!ended()) {
      outbound.frame(utf8);
      markDirty();
    }
  }

  @Override
  public void event(Event event) {
    if (!ended()) {
      outbound.event(event);
      markDirty();
    }
  }

  @Override
  public void signal(Signal signal) {
    if (!ended() && live) {
      outbound.signal(signal);
      markDirty();
    }
  }

  @Override
  public Future<Boolean> offer(String frame) {
    Promise<Boolean> taken = Promise.promise();
    loop.context()
        .runOnContext(
            go -> {
              boolean free = live && !ended() && !outbound.congested();
              if (free) {
                outbound.frame(frame.getBytes(StandardCharsets.UTF_8));
                markDirty();
              }
              taken.complete(free);
            });
    return taken.future();
  }

  @Override
  public boolean congested() {
    return outbound.congested();
  }

  @Override
  public void broken(Throwable cause) {
    end(Failures.close(cause), "catch-up failed");
  }

  @Override
  public void writable() {
    loop.flushNow(this);
  }

  private void markDirty() {
    if (!dirty) {
      dirty = true;
      loop.flushLater(this);
    }
  }

  /** Writes what waits; called once a turn of the event loop. */
  void flush() {
    dirty = false;
    if (!ended()) {
      outbound.flush(System.nanoTime());
      if (outbound.overflowing()) {
        end(CloseCode.SLOW, "reads too slowly");
      }
    }
  }

  /** Once a second. */
  void tick(long now, Instant wall) {
    watch.tick(now, wall);
  }

  /**
   * Takes no more requests, answers those that are open, then closes.
   *
   * @param why what requests are told from here on
   * @param grace how long open requests may still take
   */
  void leave(CloseCode code, RequestError why, Duration grace) {
    ending.leave(code, why, grace, () -> requests.quiet() && outbound.empty());
  }

  /** Why no more requests are taken, once that is so. */
  Optional<RequestError> leaving() {
    return ending.leaving();
  }

  /** Tells why, then closes. */
  void end(CloseCode code, RequestError why) {
    ending.end(code, why);
  }

  /** Closes without an error frame: the peer would not read or understand it. */
  void end(CloseCode code, String reason) {
    ending.end(code, reason);
  }

  @Override
  public void gone() {
    ending.gone();
  }

  private void over(CloseCode code) {
    outbound.clear();
    loop.ended(this, code);
  }

  @Override
  public void failed(Throwable failure) {
    CloseCode code = Frames.closeCode(failure);
    if (code == CloseCode.INTERNAL) {
      LOG.error("a connection failed", failure);
    }
    if (Frames.corrupt(failure)) {
      ending.malformed(code, "no frames");
    } else {
      end(code, "the connection failed");
    }
  }
}
