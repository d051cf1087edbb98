package io.magpie.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.access.Role;
import io.magpie.app.Application;
import io.magpie.app.config.CommandLine;
import io.magpie.app.config.Config;
import io.magpie.app.embedded.Endpoints;
import io.magpie.identity.NewUser;
import io.magpie.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A whole node on a database of its own, on free ports. Limits that would only slow tests down are
 * high; a test of a limit sets it.
 */
public final class TestServer implements AutoCloseable {
  /** Password of everybody who was made with {@link #member}. */
  public static final String PASSWORD = "correct horse 马";

  private static final AtomicInteger MADE = new AtomicInteger();
  private static final HttpClient PLAIN = HttpClient.newHttpClient();

  private final Endpoints endpoints;
  private final Application application;
  private final TestHttp http;
  private final AtomicInteger users = new AtomicInteger();
  private final int loops = LoopWatch.begin();
  private TestUser admin;
  private UUID app;
  private String appKey;

  private TestServer(Endpoints endpoints, Map<String, String> environment) {
    this.endpoints = endpoints;
    this.application =
        Application.start(Config.load(Map.copyOf(environment), CommandLine.parse(new String[0])));
    boolean tls = environment.containsKey("MAGPIE_TLS_CERTIFICATE");
    this.http = new TestHttp((tls ? "https" : "http") + "://localhost:" + application.port());
  }

  /**
   * Starts a node.
   *
   * @param settings keys without {@code MAGPIE_}, each followed by its value
   */
  public static TestServer start(String... settings) {
    Endpoints endpoints = EmbeddedForTests.freshDatabase("server_" + MADE.incrementAndGet());
    return on(endpoints, settings);
  }

  /** A node on a database that is there, or that is reached in another way. */
  public static TestServer on(Endpoints endpoints, String... settings) {
    Map<String, String> environment = new HashMap<>(environment(endpoints));
    for (int i = 0; i < settings.length; i += 2) {
      environment.put("MAGPIE_" + settings[i], settings[i + 1]);
    }
    return new TestServer(endpoints, environment);
  }

  /** The settings of a node on this database, for one that is a process of its own. */
  public static Map<String, String> environment(Endpoints endpoints) {
    return Map.ofEntries(
        Map.entry("MAGPIE_POSTGRES_URI", endpoints.postgresUri()),
        Map.entry("MAGPIE_POSTGRES_OWNER_URI", endpoints.postgresOwnerUri()),
        Map.entry("MAGPIE_REDIS_URI", endpoints.redisUri()),
        Map.entry("MAGPIE_TOKEN_KEYS", "k1:YSB0ZXN0IHNlY3JldCB0aGF0IGlzIGxvbmcgZW5vdWdo"),
        Map.entry("MAGPIE_HTTP_PORT", "0"),
        Map.entry("MAGPIE_MANAGEMENT_PORT", "0"),
        Map.entry("MAGPIE_WARM_UP", "0s"),
        Map.entry("MAGPIE_FRAMES_PER_SECOND", "100000"),
        Map.entry("MAGPIE_FRAMES_BURST", "100000"),
        Map.entry("MAGPIE_HELLOS_PER_SECOND", "10000"),
        Map.entry("MAGPIE_HELLOS_BURST", "10000"),
        Map.entry("MAGPIE_UNAUTHENTICATED_PER_ADDRESS", "1000"));
  }

  public int port() {
    return application.port();
  }

  public Application application() {
    return application;
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  public TestHttp http() {
    return http;
  }

  /** Somebody new without a password, logged in: quick. */
  public synchronized TestUser user(String name) {
    if (appKey == null) {
      JsonNode made = http.post(admin(), "/apps", "{'name':'tests'}").ok();
      app = UUID.fromString(made.at("/app/id").textValue());
      appKey = made.get("key").textValue();
    }
    return token(name, name + users.incrementAndGet(), "test");
  }

  /** One more device of somebody who was made with {@link #user}; also a fresh token. */
  public TestUser again(TestUser user, String device) {
    return token(user.name(), user.name() + externalNumber(user), device);
  }

  private String externalNumber(TestUser user) {
    return sql("select external_id from app_user where id = '" + user.id() + "'")
        .substring(user.name().length());
  }

  private TestUser token(String name, String externalId, String device) {
    String body =
        Json.object()
            .put("externalId", externalId)
            .put("displayName", name)
            .put("device", device)
            .toString();
    return user(http.send("POST", "/apps/" + app + "/tokens", appKey, body).ok(), name);
  }

  /** Somebody who can log in with {@link #PASSWORD}, logged in. */
  public TestUser member(String username) {
    make(username, Role.EMPLOYEE);
    return login(username);
  }

  /** The super admin, made at the first call. */
  public synchronized TestUser admin() {
    if (admin == null) {
      make("root", Role.SUPER_ADMIN);
      admin = login("root");
    }
    return admin;
  }

  public void make(String username, Role role) {
    application.createUser(new NewUser(username, username, "研发部", "工程师", role), PASSWORD);
  }

  public TestUser login(String username) {
    String body = Json.object().put("username", username).put("password", PASSWORD).toString();
    return user(http.send("POST", "/sessions", null, body).ok(), username);
  }

  private static TestUser user(JsonNode tokens, String name) {
    return new TestUser(
        UUID.fromString(tokens.at("/user/id").textValue()),
        UUID.fromString(tokens.get("session").textValue()),
        tokens.get("accessToken").textValue(),
        name);
  }

  /** A group of the owner and others, without any message. */
  public UUID group(TestUser owner, TestUser... others) {
    var body = Json.object().put("clientId", UUID.randomUUID().toString());
    body.put("kind", "group").put("name", "组");
    var members = body.putArray("members");
    for (TestUser other : others) {
      members.add(other.id().toString());
    }
    return UUID.fromString(
        http.send("POST", "/conversations", owner.token(), body.toString())
            .ok()
            .get("id")
            .textValue());
  }

  public TestClient client(TestUser user) {
    return TestClient.connect(this).hello(user);
  }

  /** The first column of the first row. */
  public String sql(String query) {
    return Jdbc.read(endpoints.postgresUri(), query);
  }

  /** A statement of the owner, who may do anything. */
  public void execute(String statement) {
    Jdbc.run(endpoints.postgresOwnerUri(), statement);
  }

  /**
   * How many rows each table has, and the sum of all heads: to see that nothing was stored. Without
   * what comes and goes with connections and nodes.
   */
  public Map<String, Long> state() {
    Map<String, Long> counts = new TreeMap<>();
    try (Connection connection = Jdbc.connect(endpoints.postgresOwnerUri());
        Statement statement = connection.createStatement()) {
      StringBuilder all = new StringBuilder("select 'heads', coalesce(sum(head), 0) from stream");
      try (ResultSet tables =
          statement.executeQuery(
              "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                  + " where n.nspname = 'public' and c.relkind in ('r', 'p')"
                  + " and not c.relispartition and c.relpersistence = 'p'"
                  + " and c.relname <> 'presence_seen'")) {
        while (tables.next()) {
          String name = tables.getString(1);
          all.append(" union all select '").append(name).append("', count(*) from ").append(name);
        }
      }
      try (ResultSet rows = statement.executeQuery(all.toString())) {
        while (rows.next()) {
          counts.put(rows.getString(1), rows.getLong(2));
        }
      }
      return counts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it says that it is ready: the database answers, hellos are taken. */
  public boolean ready() {
    try {
      URI uri = URI.create("http://localhost:" + port() + "/health/ready");
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
      return PLAIN.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A value of the management port's metrics, summed over its labels; 0 where it was never counted.
   *
   * @param name may go on with the beginning of the labels: <code>name{label="value"</code>
   */
  public double metric(String name) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + application.managementPort() + "/metrics"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return PLAIN
          .send(request, HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(name))
          .filter(line -> name.contains("{") || " {".indexOf(line.charAt(name.length())) >= 0)
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fails where an event loop was blocked while this server was there. */
  @Override
  public void close() {
    application.close();
    LoopWatch.check(loops);
  }
}
