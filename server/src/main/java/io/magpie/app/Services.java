package io.magpie.app;

import io.magpie.app.config.Secret;
import io.magpie.app.config.ServicesConfig;
import io.magpie.app.embedded.DataDirectory;
import io.magpie.app.embedded.EmbeddedServices;
import io.magpie.app.embedded.Endpoints;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** PostgreSQL and Redis: the embedded ones, or those that are set. One code path from here on. */
final class Services implements AutoCloseable {
  private final Optional<DataDirectory> directory;
  private final Optional<EmbeddedServices> embedded;
  private final Endpoints endpoints;

  private Services(
      Optional<DataDirectory> directory, Optional<EmbeddedServices> embedded, Endpoints endpoints) {
    this.directory = directory;
    this.embedded = embedded;
    this.endpoints = endpoints;
  }

  static Services open(ServicesConfig config) {
    if (!config.embedded()) {
      String uri = config.postgres().uri().orElseThrow().value();
      String owner = config.postgres().ownerUri().map(Secret::value).orElse("");
      String redis = config.redis().uri().orElseThrow().value();
      return new Services(Optional.empty(), Optional.empty(), new Endpoints(uri, owner, redis));
    }
    DataDirectory directory = DataDirectory.open(config.dataDir());
    try {
      EmbeddedServices services = EmbeddedServices.start(directory);
      return new Services(Optional.of(directory), Optional.of(services), services.endpoints());
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  Endpoints endpoints() {
    return endpoints;
  }

  /** Where the embedded services keep their data; empty with external ones. */
  Optional<DataDirectory> directory() {
    return directory;
  }

  /** The caller's shutdown hook closes them from now on; before, they stop by themselves. */
  void handOver() {
    embedded.ifPresent(EmbeddedServices::handOver);
  }

  /** Completes when an embedded service has ended by itself; never with external ones. */
  CompletableFuture<Void> ended() {
    return embedded.map(EmbeddedServices::ended).orElseGet(CompletableFuture::new);
  }

  @Override
  public void close() {
    embedded.ifPresent(EmbeddedServices::close);
    directory.ifPresent(DataDirectory::close);
  }
}
