package io.magpie.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Ledger;
import io.magpie.bench.load.Link;
import io.magpie.bench.load.Member;
import io.magpie.bench.load.World;
import io.magpie.bench.wire.Markers;
import java.util.List;
import org.junit.jupiter.api.Test;

class MagpieCursorsTest {
  private static final String WELCOME =
      """
      welcome","epoch":"e1","streams":[{"stream":"me","kind":"inbox","head":3,"after":3},\
      {"stream":"room","kind":"conversation","head":7,"after":7}],"more":false}\
      """;

  private final Member member = new Member("me", "token", 1, 0, "room");

  @Test
  void the_cursor_of_the_conversation_moves_on_with_what_came() {
    try (Crowd crowd = new Crowd(new World(1, 2, List.of(member)), this::wire)) {
      Link link = crowd.links().get(0);
      assertThat(new MagpieCursors(WELCOME, -2).cursor(link)).isEqualTo(9);
      assertThat(new MagpieCursors(WELCOME, -2).fields(link))
          .isEqualTo(",\"epoch\":\"e1\",\"cursors\":{\"me\":3,\"room\":9}");
    }
  }

  private MagpieWire wire(Ledger ledger) {
    return new MagpieWire(ledger, new Markers(200));
  }
}
