package io.magpie.job;

import io.magpie.app.embedded.Endpoints;
import io.magpie.storage.Database;
import io.magpie.storage.Migrations;
import io.magpie.storage.PoolSettings;
import io.magpie.storage.Statements;
import io.magpie.testkit.EmbeddedForTests;
import io.magpie.testkit.Jdbc;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A database with jobs, a table of their effects, and as many nodes as a test wants. */
final class JobWorld implements AutoCloseable {
  /** What a job of a test carries. */
  record Note(String text) {}

  static final JobKind<Note> NOTE = new JobKind<>("test.note", Note.class, 4);

  /** Quick, so that takeovers and retries can be waited for. */
  static final JobSettings QUICK =
      new JobSettings(
          Duration.ofMillis(50),
          Duration.ofMillis(900),
          Duration.ofMillis(800),
          8,
          new Backoff(Duration.ofMillis(10), Duration.ofMillis(200), 5),
          Duration.ofMillis(300));

  private static final String EFFECT = "insert into effect (text) values ($1)";

  final Endpoints endpoints;
  private final Vertx vertx = Vertx.vertx();
  private final List<Node> nodes = new ArrayList<>();
  private final Database database;

  JobWorld(String name) {
    this(EmbeddedForTests.freshDatabase(name));
  }

  JobWorld(Endpoints endpoints) {
    this.endpoints = endpoints;
    Migrations.apply(endpoints.postgresOwnerUri());
    execute("create table effect (text text not null, at timestamptz not null default now())");
    database = open(endpoints);
  }

  /** A node that runs jobs once it was started. */
  final class Node {
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final Jobs jobs;
    private final Database own;
    private final String name;

    Node(Endpoints reached, JobSettings settings) {
      own = open(reached);
      jobs = new Jobs(vertx, own, metrics, settings);
      name = "node-" + (nodes.size() + 1);
      nodes.add(this);
    }

    /** Writes the payload down, in the transaction that completes the job. */
    Node writesNotes() {
      jobs.handleInTransaction(NOTE, (run, tx) -> effect(tx, run.job().payload().text()));
      return this;
    }

    Node start() {
      jobs.start(name);
      return this;
    }

    Future<Void> database(Function<SqlConnection, Future<Void>> work) {
      return own.transaction(work);
    }

    /** Writes it down in a transaction of the handler's own, which completes the job. */
    Future<Void> write(Run<?> run, String text) {
      return database(tx -> effect(tx, text).compose(done -> run.complete(Statements.in(tx))));
    }

    double count(String what) {
      return metrics.find("magpie.jobs." + what).counters().stream()
          .mapToDouble(c -> c.count())
          .sum();
    }

    void stop() {
      await(jobs.stop());
    }
  }

  Node node() {
    return new Node(endpoints, QUICK);
  }

  Node node(Endpoints reached, JobSettings settings) {
    return new Node(reached, settings);
  }

  /** Done after the pause. */
  Future<Void> after(Duration pause) {
    return Future.future(done -> vertx.setTimer(pause.toMillis(), id -> done.complete()));
  }

  static Future<Void> effect(SqlConnection tx, String text) {
    return tx.preparedQuery(EFFECT).execute(Tuple.of(text)).mapEmpty();
  }

  /** Committed when this returns. */
  void schedule(Jobs jobs, String key, Duration wait, String text) {
    await(
        database.transaction(
            tx -> jobs.schedule(Statements.in(tx), NOTE, key, wait, new Note(text))));
  }

  <T> T transaction(Function<SqlConnection, Future<T>> work) {
    return await(database.transaction(work));
  }

  private Database open(Endpoints reached) {
    return Database.open(
        vertx,
        reached.postgresUri(),
        new PoolSettings(8, 100, Duration.ofSeconds(2), Duration.ofSeconds(4)));
  }

  /** All effects in the order of their texts. */
  String effects() {
    return sql("select coalesce(string_agg(text, ',' order by text), '') from effect");
  }

  int jobs() {
    return Integer.parseInt(sql("select count(*) from job where kind like 'test.%'"));
  }

  String sql(String query) {
    try {
      return Jdbc.one(endpoints.postgresOwnerUri(), query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String statement) {
    try {
      Jdbc.execute(endpoints.postgresOwnerUri(), statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    nodes.forEach(Node::stop);
    nodes.forEach(node -> await(node.own.stop()));
    await(database.stop());
    await(vertx.close());
  }
}
