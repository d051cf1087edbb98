package io.magpie.operation;

import io.vertx.core.Future;
import java.util.Set;

/**
 * Something that a client can ask for.
 *
 * @param name as in the contract, for example {@code message.send}
 * @param audience who may ask at all; finer permission is the handler's, through Access
 * @param transports over what
 */
public record Operation(
    String name, Audience audience, Set<Transport> transports, Handler handler) {

  /** Who may ask at all. */
  public enum Audience {
    ANYONE,
    USER,
    APP
  }

  /** Over what an operation can be asked for. */
  public enum Transport {
    WEBSOCKET,
    HTTP
  }

  /**
   * Does it. Refusals are RequestErrors, thrown or as a failed future; the result is a record that
   * writes itself as the contract's result schema.
   */
  @FunctionalInterface
  public interface Handler {
    Future<?> handle(Call call);
  }
}
