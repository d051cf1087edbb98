package io.magpie.storage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Lets Flyway work inside of a transaction that is already open: whatever it asks for, it gets this
 * connection, and only the caller commits. A migration that fails leaves the transaction aborted.
 */
final class OneConnection implements InvocationHandler {
  private static final Set<String> KEPT_FROM_IT = Set.of("close", "commit", "rollback", "abort");

  private final Connection connection;
  private final Connection lent;
  private boolean autoCommit = true;

  private OneConnection(Connection connection) {
    this.connection = connection;
    this.lent = proxy(Connection.class, this);
  }

  static DataSource over(Connection connection) {
    OneConnection one = new OneConnection(connection);
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          if (method.getName().equals("getConnection")) {
            return one.lent;
          }
          throw new UnsupportedOperationException(method.getName());
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            OneConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
    if (KEPT_FROM_IT.contains(method.getName())) {
      return null;
    }
    switch (method.getName()) {
      case "setAutoCommit" -> {
        autoCommit = (Boolean) arguments[0];
        return null;
      }
      case "getAutoCommit" -> {
        return autoCommit;
      }
      default -> {
        try {
          return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
    }
  }
}
