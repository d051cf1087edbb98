package io.magpie.bench.server;

import io.magpie.bench.load.Ledger;
import io.magpie.bench.load.Wire;
import io.magpie.bench.load.World;
import io.magpie.bench.process.Family;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** A server that is measured. */
public interface Target extends AutoCloseable {
  /** Kind of the processes that hold the connections. */
  String SERVER = "server";

  /** As the table calls it. */
  String name();

  /** Makes the users and conversations of all these worlds; may take a minute. */
  void prepare(Collection<Shape> shapes);

  /** One that has been prepared. */
  World world(Shape shape);

  /** Ends the server, if it runs, and starts a new process that has not done anything yet. */
  void fresh();

  /** Ends the server; what it stored stays. */
  void stop();

  /** Its protocol; the server's answers go to the ledger. */
  Function<Ledger, Wire> protocol();

  /** Whether clients that come back get what they missed. */
  boolean resumes();

  /**
   * The processes of the server side, while it runs; the servers themselves are called {@value
   * #SERVER}.
   */
  Family family();

  /** Lets the garbage of the server's processes be collected, before memory is looked at. */
  void collectGarbage();

  /** What differs from the server's defaults, for whoever reads the result. */
  List<String> notes();

  @Override
  void close();
}
