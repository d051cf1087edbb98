package io.magpie.bench.peer;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Vert.x with nothing in the way: rooms in memory, one shared (binary) frame for all of a room and
 * a write for each of them; nothing is stored or checked. One event loop, as there is one core.
 * {@code j<room>} joins and is answered {@code k}; {@code s<id> <room> <body>} sends and is
 * answered {@code a<id>}.
 */
public final class BareVertx {
  private final Map<String, List<ServerWebSocket>> rooms = new HashMap<>();

  private BareVertx() {}

  /** The argument is the port. */
  public static void main(String[] args) {
    VertxOptions options =
        new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1);
    BareVertx rooms = new BareVertx();
    Vertx.vertx(options)
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
        .requestHandler(request -> request.response().end("ready"))
        .webSocketHandler(
            socket -> socket.textMessageHandler(message -> rooms.take(socket, message)))
        .listen(Integer.parseInt(args[0]))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private void take(ServerWebSocket socket, String message) {
    if (message.charAt(0) == 'j') {
      rooms.computeIfAbsent(message.substring(1), room -> new ArrayList<>()).add(socket);
      socket.closeHandler(closed -> rooms.get(message.substring(1)).remove(socket));
      socket.writeTextMessage("k");
      return;
    }
    int room = message.indexOf(' ');
    int body = message.indexOf(' ', room + 1);
    send(message.substring(room + 1, body), message.substring(body + 1));
    socket.writeTextMessage("a" + message.substring(1, room));
  }

  private void send(String room, String body) {
    Buffer shared =
        Buffer.buffer(
            """
            {"type":"events","events":[{"stream":"%s","kind":"message","body":"%s"}]}"""
                .formatted(room, body));
    for (ServerWebSocket member : rooms.get(room)) {
      member.writeFinalBinaryFrame(shared);
    }
  }
}
