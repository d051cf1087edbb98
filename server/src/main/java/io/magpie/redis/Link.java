package io.magpie.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Two connections to one server: one that listens, one that publishes. Opened once; when it breaks
 * it says so once and another one takes its place.
 *
 * <p>The listening connection is trusted only as long as it hears the node's own ping: a socket
 * that is half open, or that Redis has dropped, says nothing (traps R3, R4).
 */
final class Link {
  /** Pings in a row that may stay away. */
  private static final int MISSES = 3;

  private static final long ANSWER_MS = 2_000;

  /** Answers after which the servers have to be looked for again. */
  private static final List<String> ELSEWHERE =
      List.of("CONNECTION_CLOSED", "MOVED", "READONLY", "CLUSTERDOWN");

  /** Channels named in one command. */
  private static final int CHANNELS_AT_ONCE = 1_000;

  private final Context context;
  private final Shard shard;
  private final Dialect dialect;
  private final String ping;
  private final Watcher watcher;
  private final Set<String> confirmed = new HashSet<>();
  private Optional<Connector.Open> listening = Optional.empty();
  private Optional<Connector.Open> publishing = Optional.empty();
  private Set<String> justConfirmed = new HashSet<>();
  private boolean closed;
  private int missed;

  /** Whoever holds the link; called on its context. */
  interface Watcher {
    void heard(String channel, Response payload);

    void confirmed(Set<String> channels);

    /** Nothing more comes from this link. */
    void broken(Link link, String why);

    /** Redis answered a publication with an error. */
    void refused(Throwable error);
  }

  Link(Context context, Shard shard, Dialect dialect, String ping, Watcher watcher) {
    this.context = context;
    this.shard = shard;
    this.dialect = dialect;
    this.ping = ping;
    this.watcher = watcher;
  }

  Shard shard() {
    return shard;
  }

  /** Whether Redis has confirmed at least the ping's channel. */
  boolean up() {
    return !closed && confirmed.contains(ping);
  }

  boolean closed() {
    return closed;
  }

  /**
   * Connects and subscribes to the ping and to the channels.
   *
   * @param channels asked when the connection is there: until then more may be wanted
   */
  void open(Connector connector, Supplier<Collection<String>> channels) {
    Future<Connector.Open> listen = connector.open(shard.uri());
    Future<Connector.Open> publish = connector.open(shard.uri());
    Future.join(listen, publish)
        .onComplete(
            done ->
                context.runOnContext(
                    go -> {
                      if (done.failed() || closed) {
                        listen.onSuccess(Connector.Open::close);
                        publish.onSuccess(Connector.Open::close);
                        breaks(done.failed() ? done.cause().getMessage() : "closed");
                        return;
                      }
                      listening = Optional.of(listen.result());
                      publishing = Optional.of(publish.result());
                      hear(listen.result());
                      watchEnd(publish.result());
                      subscribe(List.of(ping));
                      subscribe(channels.get());
                    }));
  }

  private void hear(Connector.Open open) {
    open.connection().handler(response -> context.runOnContext(go -> heard(response)));
    watchEnd(open);
  }

  private void watchEnd(Connector.Open open) {
    open.connection()
        .exceptionHandler(
            failure -> context.runOnContext(go -> breaks(String.valueOf(failure.getMessage()))));
    open.connection().endHandler(end -> context.runOnContext(go -> breaks("Redis hung up")));
  }

  private void heard(Response response) {
    if (closed || response == null) {
      return;
    }
    if (response.type() == ResponseType.ERROR) {
      breaks(response.toString());
      return;
    }
    if (response.size() < 3 || response.get(0) == null || response.get(1) == null) {
      return; // nothing that a subscriber is ever told
    }
    String what = response.get(0).toString();
    String channel = response.get(1).toString();
    if (what.equals(dialect.message())) {
      if (channel.equals(ping)) {
        missed = 0;
      } else if (response.get(2) != null) {
        watcher.heard(channel, response.get(2));
      }
    } else if (what.equals(dialect.subscribed())) {
      confirm(channel);
    } else if (what.equals(dialect.unsubscribed()) && confirmed.remove(channel)) {
      breaks("Redis moved a channel to another server");
    }
  }

  /** Those that come in one turn are told together. */
  private void confirm(String channel) {
    confirmed.add(channel);
    if (channel.equals(ping)) {
      return;
    }
    if (justConfirmed.isEmpty()) {
      context.runOnContext(
          go -> {
            Set<String> channels = justConfirmed;
            justConfirmed = new HashSet<>();
            if (!closed) {
              watcher.confirmed(channels);
            }
          });
    }
    justConfirmed.add(channel);
  }

  void subscribe(Collection<String> channels) {
    send(dialect.subscribe(), channels);
  }

  void unsubscribe(Collection<String> channels) {
    confirmed.removeAll(channels);
    send(dialect.unsubscribe(), channels);
  }

  private void send(Command command, Collection<String> channels) {
    if (closed || listening.isEmpty() || channels.isEmpty()) {
      return;
    }
    for (Collection<String> chunk : dialect.together(channels, CHANNELS_AT_ONCE)) {
      Request request = Request.cmd(command);
      chunk.forEach(request::arg);
      listening
          .get()
          .connection()
          .send(request)
          .onFailure(
              failure -> context.runOnContext(go -> breaks(String.valueOf(failure.getMessage()))));
    }
  }

  /**
   * Publishes in one write; completes when Redis has answered, whatever it answered. Nothing is
   * tried again.
   */
  Future<Void> publish(List<Publication> publications) {
    if (closed || publishing.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Request> requests = new ArrayList<>(publications.size());
    for (Publication publication : publications) {
      requests.add(
          Request.cmd(dialect.publish()).arg(publication.channel()).arg(publication.payload()));
    }
    return ask(requests).mapEmpty();
  }

  /**
   * Once a second: sends the ping and counts how often it did not come back.
   *
   * @return how many connections are subscribed to {@code channel} at this server; empty while
   *     nobody knows
   */
  Future<Optional<Long>> beat(String channel) {
    if (closed || publishing.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    if (missed++ >= MISSES) {
      breaks("the own ping does not come back");
      return Future.succeededFuture(Optional.empty());
    }
    return ask(List.of(
            Request.cmd(dialect.publish()).arg(ping).arg("1"),
            Request.cmd(Command.PUBSUB).arg(dialect.count()).arg(channel)))
        .map(answers -> answers.map(both -> both.get(1).get(1).toLong()));
  }

  private Future<Optional<List<Response>>> ask(List<Request> requests) {
    return publishing
        .get()
        .connection()
        .batch(requests)
        .timeout(ANSWER_MS, TimeUnit.MILLISECONDS)
        .map(Optional::of)
        .recover(
            failure -> {
              context.runOnContext(go -> failed(failure));
              return Future.succeededFuture(Optional.empty());
            });
  }

  /**
   * An error that Redis answered leaves the connection as it is, unless this server is the wrong
   * one now. The client wraps failures of the connection in the same class; they name a Java
   * exception.
   */
  private void failed(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    if (!(failure instanceof Response)
        || ELSEWHERE.stream().anyMatch(text::contains)
        || text.contains("Exception")) {
      breaks(text);
    } else {
      missed = 0; // no ping was sent, so none can be missed
      watcher.refused(failure);
    }
  }

  private void breaks(String why) {
    if (!closed) {
      close();
      watcher.broken(this, why);
    }
  }

  /** Without telling anybody. */
  void close() {
    closed = true;
    confirmed.clear();
    listening.ifPresent(Connector.Open::close);
    publishing.ifPresent(Connector.Open::close);
    listening = Optional.empty();
    publishing = Optional.empty();
  }
}
