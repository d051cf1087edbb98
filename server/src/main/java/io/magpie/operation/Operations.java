package io.magpie.operation;

import io.magpie.operation.Operation.Audience;
import io.magpie.operation.Operation.Handler;
import io.magpie.operation.Operation.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The table of operations, filled once at start. */
public final class Operations {
  private static final Set<Transport> BOTH =
      Collections.unmodifiableSet(EnumSet.allOf(Transport.class));

  private final Map<String, Operation> byName = new TreeMap<>();
  private final List<Shedding> shedding = new ArrayList<>();

  /** For logged-in users, over both transports: the usual case. */
  public Operations user(String name, Handler handler) {
    return add(new Operation(name, Audience.USER, BOTH, handler));
  }

  /** For anybody, over HTTP only. */
  public Operations anyone(String name, Handler handler) {
    return add(new Operation(name, Audience.ANYONE, Set.of(Transport.HTTP), handler));
  }

  /** For another back end with an app key, over HTTP only. */
  public Operations app(String name, Handler handler) {
    return add(new Operation(name, Audience.APP, Set.of(Transport.HTTP), handler));
  }

  /** Any other combination. */
  public Operations add(Operation operation) {
    if (byName.putIfAbsent(operation.name(), operation) != null) {
      throw new IllegalStateException("two handlers for " + operation.name());
    }
    return this;
  }

  /** Some calls of an operation are refused before they are read. */
  public Operations shed(Shedding rule) {
    find(rule.operation())
        .filter(found -> found.transports().contains(Transport.WEBSOCKET))
        .orElseThrow(() -> new IllegalStateException("nothing to shed: " + rule.operation()));
    shedding.add(rule);
    return this;
  }

  /** What is refused before it is read, and when. */
  public List<Shedding> shedding() {
    return Collections.unmodifiableList(shedding);
  }

  public Optional<Operation> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<Operation> all() {
    return Collections.unmodifiableCollection(byName.values());
  }
}
