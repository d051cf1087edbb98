package io.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowTest {
  private final Window window = new Window(2, 3);
  private final Set<Integer> open = new HashSet<>();

  private void send(int client, int id) {
    assertThat(window.free(client, open::contains)).isTrue();
    window.sent(client, id);
    open.add(id);
  }

  @Test
  void a_client_waits_for_the_oldest_of_its_last_messages() {
    send(0, 0);
    send(0, 1);
    send(0, 2);
    assertThat(window.free(0, open::contains)).isFalse();
    open.remove(1);
    assertThat(window.free(0, open::contains)).isFalse();
    open.remove(0);
    send(0, 3);
    send(0, 4);
    assertThat(window.free(0, open::contains)).isFalse();
  }

  @Test
  void clients_do_not_wait_for_each_other() {
    for (int id = 0; id < 3; id++) {
      send(0, id);
    }
    send(1, 3);
    assertThat(window.free(0, open::contains)).isFalse();
  }
}
