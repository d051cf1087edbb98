package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.app.StartFailure;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

  @ParameterizedTest
  @CsvSource({"amd64", "x86_64", "aarch64"})
  void its_binaries_are_in_the_build(String arch) throws IOException {
    Platform platform = Platform.of("Linux", arch);
    assertThat(PackagedFile.named(platform.postgresArchive()).fingerprint()).hasSize(8);
    for (String redis : platform.redisExecutables()) {
      assertThat(PackagedFile.named(redis).fingerprint()).hasSize(8);
    }
  }

  @Test
  void without_binaries_says_what_to_set() {
    assertThatThrownBy(() -> Platform.of("Mac OS X", "aarch64"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("Mac OS X on aarch64")
        .hasMessageContaining("MAGPIE_POSTGRES_URI");
    assertThatThrownBy(() -> PackagedFile.named("nothing.txz")).isInstanceOf(StartFailure.class);
  }
}
