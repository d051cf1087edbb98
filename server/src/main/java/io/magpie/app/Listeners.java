package io.magpie.app;

import io.magpie.app.config.HttpConfig;
import io.magpie.app.config.TlsConfig;
import io.magpie.fault.LoopBlock;
import io.magpie.http.HttpEdge;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP servers of this node, one for each core, all on one port. With TLS the certificate is
 * read again when its file changes; connections that are open keep the old one.
 */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final long CERTIFICATE_CHECK_MS = 2_000;
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  /** Forward secrecy and authenticated encryption only (RFC 9325, 4.2). */
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

  private final Vertx vertx;
  private final ProcessMetrics metrics;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private final List<String> deployments = new ArrayList<>();
  private long certificateTimer = -1;
  private volatile long certificateTime;

  private Listeners(Vertx vertx, ProcessMetrics metrics) {
    this.vertx = vertx;
    this.metrics = metrics;
  }

  static Listeners start(
      Vertx vertx, HttpEdge edge, HttpConfig config, int frameBytes, ProcessMetrics metrics) {
    Listeners listeners = new Listeners(vertx, metrics);
    try {
      int instances = Math.max(1, Runtime.getRuntime().availableProcessors());
      listeners.deployments.add(
          Waiting.on(
              vertx.deployVerticle(
                  () -> listeners.new Listener(edge, options(config, frameBytes)),
                  new DeploymentOptions().setInstances(instances))));
    } catch (RuntimeException e) {
      throw explain(e, config);
    }
    config.tls().ifPresent(listeners::watch);
    return listeners;
  }

  private static RuntimeException explain(RuntimeException e, HttpConfig config) {
    return PortFailure.explain(e, config.host(), config.port(), "MAGPIE_HTTP_PORT");
  }

  private static HttpServerOptions options(HttpConfig config, int frameBytes) {
    HttpServerOptions options =
        plain(frameBytes).setHost(config.host()).setPort(config.port() == 0 ? -1 : config.port());
    config.tls().ifPresent(tls -> secure(options, tls));
    return options;
  }

  /** How any port for WebSockets is served, wherever it is. */
  static HttpServerOptions plain(int frameBytes) {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setUseAlpn(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(frameBytes)
        .setMaxWebSocketMessageSize(frameBytes)
        .setWebSocketSubProtocols(List.of("magpie.v1"))
        .setWebSocketClosingTimeout(5)
        .setMaxInitialLineLength(8 * 1024)
        .setMaxHeaderSize(16 * 1024)
        .setDecompressionSupported(false)
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true)
        .setAcceptBacklog(4_096);
  }

  private static void secure(HttpServerOptions options, TlsConfig tls) {
    options
        .setSsl(true)
        .setKeyCertOptions(pem(tls))
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setSslHandshakeTimeout(10)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    SUITES.forEach(options::addEnabledCipherSuite);
  }

  private static PemKeyCertOptions pem(TlsConfig tls) {
    return new PemKeyCertOptions()
        .setCertPath(tls.certificate().toString())
        .setKeyPath(tls.key().toString());
  }

  private void watch(TlsConfig tls) {
    certificateTime = modified(tls);
    certificateTimer =
        vertx.setPeriodic(
            CERTIFICATE_CHECK_MS,
            timer ->
                vertx.executeBlocking(() -> modified(tls)).onSuccess(time -> reload(tls, time)));
  }

  /** Tried again at each change of either file: they are seldom replaced at the same moment. */
  private void reload(TlsConfig tls, long time) {
    if (time == certificateTime) {
      return;
    }
    certificateTime = time;
    for (HttpServer server : servers) {
      ServerSSLOptions ssl = new ServerSSLOptions();
      ssl.setKeyCertOptions(pem(tls));
      ssl.setEnabledSecureTransportProtocols(PROTOCOLS);
      SUITES.forEach(ssl::addEnabledCipherSuite);
      server
          .updateSSLOptions(ssl, true) // forced: the paths are the same, only the files are new
          .onSuccess(changed -> LOG.info("the certificate was read again"))
          .onFailure(failure -> LOG.error("the new certificate cannot be used", failure));
    }
  }

  /** Changes whenever one of the two files does. */
  private static long modified(TlsConfig tls) {
    return modified(tls.certificate()) * 31 + modified(tls.key());
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  int port() {
    return servers.get(0).actualPort();
  }

  /** Stops accepting; what is open gets a moment to end. */
  Future<Void> stop() {
    vertx.cancelTimer(certificateTimer);
    return Future.join(deployments.stream().map(vertx::undeploy).toList()).mapEmpty();
  }

  /** The address of the web app for links, as far as the settings tell. */
  static String origin(HttpConfig config) {
    if (config.publicUrl().isPresent()) {
      return config.publicUrl().get();
    }
    String scheme = config.tls().isPresent() ? "https" : "http";
    String host =
        config.host().equals("127.0.0.1") || config.host().equals("0.0.0.0")
            ? "localhost"
            : config.host();
    return scheme + "://" + host + ":" + config.port();
  }

  /** One event loop's server. */
  private final class Listener extends VerticleBase {
    private final HttpEdge edge;
    private final HttpServerOptions options;
    private HttpServer server;

    Listener(HttpEdge edge, HttpServerOptions options) {
      this.edge = edge;
      this.options = options;
    }

    @Override
    public Future<?> start() {
      LoopBlock.watch(vertx);
      metrics.watchLoop(vertx);
      return edge.listen(vertx, options)
          .onSuccess(
              listening -> {
                server = listening;
                servers.add(listening);
              });
    }

    @Override
    public Future<?> stop() {
      return server == null ? Future.succeededFuture() : server.shutdown(2, TimeUnit.SECONDS);
    }
  }
}
