package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiskTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new IOException("No space left on device"), "disk-full"),
        Arguments.of(new IOException("Disk quota exceeded"), "disk-full"),
        Arguments.of(new IOException("File too large"), "file-size-limit"),
        Arguments.of(
            new FileSystemException("/d", null, "Read-only file system"),
            "data-directory-not-writable"),
        Arguments.of(new AccessDeniedException("/d/x"), "data-directory-not-writable"),
        Arguments.of(new IOException("Input/output error"), "data-directory-failed"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void what_the_system_says_becomes_a_key_and_a_sentence(IOException said, String code) {
    StartFailure failure = Disk.failure("Opening", Path.of("/d"), said);

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.getMessage()).startsWith("Opening failed: ").endsWith(".");
  }
}
