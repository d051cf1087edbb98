package io.magpie.fanout;

import io.magpie.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the nodes of one installation share by sharing a database.
 *
 * @param prefix of all their channels in Redis: installations may share a Redis server
 * @param key signs what they send one another; another one after a restore
 */
public record NodeSecret(String prefix, byte[] key) {

  public static Future<NodeSecret> read(Database database) {
    return database
        .query("select epoch, node_key from installation", Tuple.tuple())
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return of(row.getUUID("epoch"), row.getBuffer("node_key").getBytes());
            });
  }

  static NodeSecret of(UUID epoch, byte[] nodeKey) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(nodeKey, "HmacSHA256"));
      byte[] key = mac.doFinal(epoch.toString().getBytes(StandardCharsets.US_ASCII));
      return new NodeSecret("magpie:" + epoch.toString().substring(0, 8) + ":", key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "NodeSecret[" + prefix + "]";
  }
}
