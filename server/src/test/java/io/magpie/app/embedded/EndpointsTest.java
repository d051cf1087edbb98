package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndpointsTest {

  @Test
  void their_text_has_no_password() {
    Endpoints endpoints =
        new Endpoints(
            "postgresql://magpie_app:pa-ss_1@127.0.0.1:5432/magpie",
            "postgresql://magpie_owner:pa-ss_2@127.0.0.1:5432/magpie",
            "redis://:pa-ss_3@127.0.0.1:6379/0");

    assertThat(endpoints.toString())
        .doesNotContain("pa-ss")
        .contains("postgresql://magpie_app@127.0.0.1:5432/magpie")
        .contains("redis://@127.0.0.1:6379/0");
  }
}
