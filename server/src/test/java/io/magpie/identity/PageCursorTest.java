package io.magpie.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.protocol.RequestError;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PageCursorTest {
  @Test
  void comes_back_as_it_was_within_the_length_of_the_contract() {
    PageCursor cursor = new PageCursor("𠮷".repeat(64), UUID.randomUUID());
    assertThat(PageCursor.decode(cursor.encode())).isEqualTo(cursor);
    assertThat(cursor.encode()).hasSizeLessThanOrEqualTo(512).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void times_outside_of_what_is_stored_are_refused() {
    for (String key : new String[] {"+999999999-01-01T00:00:00Z", "x", "1969-01-01T00:00:00Z"}) {
      assertThatThrownBy(() -> new PageCursor(key, UUID.randomUUID()).time())
          .isInstanceOf(RequestError.class);
    }
  }
}
