package io.magpie.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.server.Shape;
import io.magpie.bench.server.Target;
import io.magpie.bench.workload.Result;
import io.magpie.bench.workload.Workload;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Turns turns = new Turns(new PrintStream(said, true, StandardCharsets.UTF_8));
  private final List<String> calls = new ArrayList<>();

  @Test
  void what_a_server_does_not_finish_is_said_and_stops_no_other() {
    Target weak = target("weak");
    Target strong = target("strong");
    assertThat(turns.take(new Joining("weak"), weak)).isEmpty();
    assertThat(turns.take(new Joining("weak"), strong)).isEmpty();
    assertThat(calls).containsExactly("weak.stop", "strong.stop");
    assertThat(turns.allFinished()).isFalse();
    assertThat(turns.notes(weak)).containsExactly("a note", "W2 did not finish: Only 9 joined");
    assertThat(turns.notes(strong)).containsExactly("a note");
    assertThat(said.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("weak: W2 did not finish: Only 9 joined");
  }

  @Test
  void all_are_finished_that_went_to_their_ends() {
    turns.take(new Joining("weak"), target("strong"));
    assertThat(turns.allFinished()).isTrue();
  }

  /** Which one server cannot do. */
  private record Joining(String weak) implements Workload {
    @Override
    public String name() {
      return "W2";
    }

    @Override
    public Shape shape() {
      return new Shape(1, 10);
    }

    @Override
    public void run(Target target, Consumer<Result> progress) {
      if (target.name().equals(weak)) {
        throw new IllegalStateException("Only 9 joined");
      }
    }
  }

  private Target target(String name) {
    return (Target)
        Proxy.newProxyInstance(
            Target.class.getClassLoader(),
            new Class<?>[] {Target.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "name" -> name;
                  case "notes" -> List.of("a note");
                  default -> {
                    calls.add(name + "." + method.getName());
                    yield null;
                  }
                });
  }
}
