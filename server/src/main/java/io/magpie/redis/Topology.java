package io.magpie.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Finds the servers that carry channels; asked anew after each loss. */
final class Topology {
  /** The first version that publishes by slot. */
  private static final int SHARDED_SINCE = 7;

  private final Connector connector;

  Topology(Connector connector) {
    this.connector = connector;
  }

  Future<Shards> find() {
    RedisSettings settings = connector.settings();
    return switch (settings.shape()) {
      case STANDALONE ->
          Future.succeededFuture(new Shards(List.of(Shard.ofAll(settings.uris().get(0))), false));
      case SENTINEL -> firstThatAnswers(0, this::askSentinel);
      case CLUSTER -> firstThatAnswers(0, this::askCluster);
    };
  }

  private Future<Shards> firstThatAnswers(int place, Function<String, Future<Shards>> ask) {
    List<String> uris = connector.settings().uris();
    Future<Shards> asked = ask.apply(uris.get(place));
    return place + 1 == uris.size()
        ? asked
        : asked.recover(failure -> firstThatAnswers(place + 1, ask));
  }

  private Future<Shards> askSentinel(String uri) {
    String sentinel = uri.replaceFirst("/\\d+$", "");
    Request which =
        Request.cmd(Command.SENTINEL)
            .arg("get-master-addr-by-name")
            .arg(connector.settings().master());
    return asked(sentinel, which)
        .map(
            answer -> {
              if (answer == null || answer.size() < 2) {
                throw new IllegalStateException("the Sentinel does not know that master");
              }
              String master = at(uri, answer.get(0).toString(), answer.get(1).toInteger());
              return new Shards(List.of(Shard.ofAll(master)), false);
            });
  }

  private Future<Shards> askCluster(String uri) {
    return asked(uri, Request.cmd(Command.HELLO).arg("2"))
        .compose(
            hello ->
                version(hello) >= SHARDED_SINCE
                    ? asked(uri, Request.cmd(Command.CLUSTER).arg("SLOTS"))
                        .map(slots -> new Shards(shards(uri, slots), true))
                    : Future.succeededFuture(
                        new Shards(List.of(Shard.ofAll(uri)), false))); // every node hears all
  }

  private Future<Response> asked(String uri, Request request) {
    return connector
        .open(uri)
        .compose(
            open ->
                open.connection()
                    .send(request)
                    .timeout(Connector.CONNECT_MS, TimeUnit.MILLISECONDS)
                    .onComplete(done -> open.close()));
  }

  /** The answer of HELLO 2 is a flat list of names and values. */
  private static int version(Response hello) {
    for (int i = 0; i + 1 < hello.size(); i += 2) {
      if (hello.get(i).toString().equals("version")) {
        return Integer.parseInt(hello.get(i + 1).toString().split("\\.", 2)[0]);
      }
    }
    return 0;
  }

  /** From, to, the master's address and id, then replicas. */
  private static List<Shard> shards(String uri, Response slots) {
    Map<String, List<Shard.Range>> ranges = new LinkedHashMap<>();
    for (Response row : slots) {
      String host = row.get(2).get(0) == null ? "" : row.get(2).get(0).toString();
      String master =
          at(uri, host.isEmpty() ? URI.create(uri).getHost() : host, row.get(2).get(1).toInteger());
      ranges
          .computeIfAbsent(master, key -> new ArrayList<>())
          .add(new Shard.Range(row.get(0).toInteger(), row.get(1).toInteger()));
    }
    List<Shard> shards = new ArrayList<>();
    ranges.forEach((master, own) -> shards.add(new Shard(master, own)));
    return shards;
  }

  /** The same way of reaching a server, at another address. */
  private static String at(String uri, String host, int port) {
    URI from = URI.create(uri);
    String user = from.getRawUserInfo() == null ? "" : from.getRawUserInfo() + "@";
    String path = from.getRawPath() == null ? "" : from.getRawPath();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return from.getScheme() + "://" + user + shown + ":" + port + path;
  }
}
