package io.magpie.app;

import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.ServerFrame;
import io.vertx.core.Future;
import java.util.List;

/**
 * Answer of {@code server.info}: what a client may know before it logs in.
 *
 * @param version of this build, {@code dev} outside of the jar
 */
record ServerInfo(
    String name,
    String version,
    String protocol,
    String node,
    List<String> features,
    ServerFrame.Limits limits) {

  static void register(Operations operations, String node, ServerFrame.Limits limits) {
    ServerInfo info =
        new ServerInfo("magpie", buildVersion(), "magpie.v1", node, Settings.FEATURES, limits);
    operations.anyone("server.info", call -> info.answer(call));
  }

  private Future<ServerInfo> answer(Call call) {
    call.params().end();
    return Future.succeededFuture(this);
  }

  static String buildVersion() {
    String built = ServerInfo.class.getPackage().getImplementationVersion();
    return built == null ? "dev" : built;
  }
}
