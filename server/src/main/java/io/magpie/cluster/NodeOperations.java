package io.magpie.cluster;

import io.magpie.access.Access;
import io.magpie.access.Action;
import io.magpie.access.Actor;
import io.magpie.access.Decision;
import io.magpie.operation.Call;
import io.magpie.operation.Operations;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.PageCursor;
import io.magpie.protocol.Params;
import io.magpie.protocol.RequestError;
import io.vertx.core.Future;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code node.list} and {@code node.drain}, for super admins. */
public final class NodeOperations {
  private static final Logger LOG = LoggerFactory.getLogger(NodeOperations.class);

  /** To see the nodes and to drain them. */
  private static final Action<Cluster> OPERATE = new Action<>("node.operate", Cluster.class);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** All nodes of the installation. */
  private enum Cluster {
    WHOLE
  }

  private final NodeDirectory directory;
  private final NodeSignals signals;
  private final Access access;

  public NodeOperations(NodeDirectory directory, NodeSignals signals, Access access) {
    this.directory = directory;
    this.signals = signals;
    this.access = access;
  }

  public void register(Operations operations) {
    access.rule(OPERATE, (actor, cluster) -> decide(actor));
    operations.user("node.list", this::list).user("node.drain", this::drain);
  }

  private static Decision decide(Actor actor) {
    return actor instanceof Actor.User user && user.superAdmin() ? Decision.ALLOW : Decision.FORBID;
  }

  private Future<NodePage> list(Call call) {
    Params params = call.params();
    String after =
        params.cursor().map(cursor -> PageCursor.read(cursor, NodeOperations::id)).orElse("");
    int limit = params.limit();
    params.end();
    access.require(call.user(), OPERATE, Cluster.WHOLE);
    return directory.page(after, limit);
  }

  private static String id(List<String> keys) {
    if (keys.size() != 1 || !ID.matcher(keys.get(0)).matches()) {
      throw new IllegalArgumentException();
    }
    return keys.get(0);
  }

  private Future<Node> drain(Call call) {
    String node = call.params().matching("node", ID);
    call.params().end();
    access.require(call.user(), OPERATE, Cluster.WHOLE);
    return directory
        .drain(node)
        .map(
            found -> {
              Node drained = found.orElseThrow(() -> RequestError.of(ErrorCode.NOT_FOUND));
              LOG.atInfo()
                  .addKeyValue("node", node)
                  .addKeyValue("by", call.user().id())
                  .log("a node is to drain");
              signals.look(node);
              return drained;
            });
  }
}
