package io.magpie.faults.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Appends lines to a file, each at once. For the side that injects faults; any thread. */
public final class HistoryWriter implements AutoCloseable {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().serializationInclusion(JsonInclude.Include.NON_EMPTY).build();

  private final BufferedWriter out;
  private final AtomicInteger faults = new AtomicInteger();

  public HistoryWriter(Path file) {
    try {
      out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Now, as lines tell it. */
  public static long now() {
    return System.nanoTime() / 1_000;
  }

  public synchronized void write(Line line) {
    ObjectNode json = MAPPER.valueToTree(line);
    json.put("at", Instant.now().toString());
    try {
      out.write(json.toString());
      out.newLine();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fault begins. Call before it is injected, and end what is returned when it is healed. */
  public OpenFault begin(String name, String note) {
    String id = name + "-" + faults.incrementAndGet();
    write(new Line.Fault(now(), Phase.INVOKE, id, name, note));
    return new OpenFault(id, name);
  }

  public void mark(String what) {
    write(new Line.Mark(now(), what, ""));
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fault that has begun. */
  public final class OpenFault {
    private final String id;
    private final String name;

    private OpenFault(String id, String name) {
      this.id = id;
      this.name = name;
    }

    /** It is about to be healed: until here it held without a break. */
    public void healing() {
      write(new Line.Fault(now(), Phase.INFO, id, name, ""));
    }

    /**
     * It is over.
     *
     * @param tookEffect what its probe says
     * @param note what the probe saw
     */
    public void end(boolean tookEffect, String note) {
      Phase phase = tookEffect ? Phase.OK : Phase.FAIL;
      write(new Line.Fault(now(), phase, id, name, note));
    }
  }
}
