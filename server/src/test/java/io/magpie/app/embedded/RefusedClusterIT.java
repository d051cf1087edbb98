package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that this server cannot use is left as it is, and said so. */
class RefusedClusterIT {
  @TempDir Path parent;
  private DataDirectory directory;

  @BeforeEach
  void open() {
    directory = DataDirectory.open(parent);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void made_by_another_major_version() throws IOException {
    Secrets.of(directory).get("redis");
    clusterOf("12");
    refused(
        "postgres-version-differs", "made by PostgreSQL 12 and this Magpie brings PostgreSQL 18");
  }

  @Test
  void without_its_secrets() throws IOException {
    clusterOf("18");
    assertThatThrownBy(
            () ->
                new PostgresCluster(directory, parent, RunAs.ITSELF).prepare(Secrets.of(directory)))
        .isInstanceOfSatisfying(
            StartFailure.class, e -> assertThat(e.code()).isEqualTo("secrets-missing"));
  }

  @Test
  void with_the_secrets_of_another() throws IOException {
    EmbeddedServices.start(directory).close();
    Files.delete(directory.secrets());
    Secrets.of(directory).get("redis");
    refused("secrets-do-not-fit", "is not that of the PostgreSQL");
    assertThat(directory.run()).isEmptyDirectory();
  }

  private void clusterOf(String version) throws IOException {
    Files.createDirectories(directory.postgres().resolve("data"));
    Files.writeString(directory.postgres().resolve("data/PG_VERSION"), version + "\n");
  }

  private void refused(String code, String text) {
    assertThatThrownBy(() -> EmbeddedServices.start(directory))
        .isInstanceOfSatisfying(
            StartFailure.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(text);
  }
}
