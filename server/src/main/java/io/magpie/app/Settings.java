package io.magpie.app;

import io.magpie.app.config.Cidr;
import io.magpie.app.config.Config;
import io.magpie.app.config.Limits;
import io.magpie.app.config.TokenConfig;
import io.magpie.app.embedded.DataDirectory;
import io.magpie.app.embedded.Secrets;
import io.magpie.gateway.GatewayLimits;
import io.magpie.gateway.GatewaySettings;
import io.magpie.http.HttpSettings;
import io.magpie.identity.throttle.LoginLimits;
import io.magpie.identity.token.SigningKey;
import io.magpie.identity.token.TokenSettings;
import io.magpie.protocol.ServerFrame;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What each part is told, from what was configured. */
final class Settings {
  /** What a client may rely on; listed in every welcome. */
  static final List<String> FEATURES =
      List.of(
          "conversations",
          "drafts",
          "forward",
          "pins",
          "positions",
          "presence",
          "reactions",
          "receipts",
          "status",
          "threads",
          "typing");

  private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(12);

  private final Config config;

  Settings(Config config) {
    this.config = config;
  }

  TokenSettings tokens(Optional<DataDirectory> directory) {
    TokenConfig tokens = config.tokens();
    List<SigningKey> keys =
        tokens.keys().stream().map(key -> SigningKey.of(key.id(), key.bytes())).toList();
    if (keys.isEmpty()) {
      String kept = Secrets.of(directory.orElseThrow()).get("token-key");
      keys = List.of(SigningKey.of("embedded", Base64.getUrlDecoder().decode(kept)));
    }
    return new TokenSettings(
        keys,
        tokens.issuer(),
        tokens.audience(),
        tokens.accessTtl(),
        tokens.refreshTtl(),
        tokens.leeway());
  }

  LoginLimits login() {
    return new LoginLimits(
        config.limits().login().failuresPerAccount(), config.limits().login().failuresPerAddress());
  }

  GatewaySettings gateway(String node, UUID epoch, Clock clock) {
    return new GatewaySettings(
        node, epoch, config.tokens().leeway(), FEATURES, welcome(), gatewayLimits(), clock);
  }

  private GatewayLimits gatewayLimits() {
    Limits limits = config.limits();
    return new GatewayLimits(
        limits.frames().bytes(),
        limits.frames().perSecond(),
        limits.frames().burst(),
        limits.frames().controlPerSecond(),
        limits.unauthenticated().deadline(),
        limits.unauthenticated().perNode(),
        limits.unauthenticated().perAddress(),
        limits.connections().perUser(),
        limits.connections().heartbeat(),
        limits.connections().readIdle(),
        limits.outbound().bytes(),
        limits.outbound().messages(),
        limits.outbound().patience(),
        limits.outbound().totalBytes(),
        limits.hellos().perSecond(),
        limits.hellos().burst(),
        limits.hellos().atOnce(),
        limits.outbound().gather(),
        config.drain().time());
  }

  ServerFrame.Limits welcome() {
    Limits limits = config.limits();
    return new ServerFrame.Limits(
        limits.frames().bytes(),
        limits.messages().codePoints(),
        limits.messages().bytes(),
        limits.frames().perSecond(),
        limits.frames().burst(),
        limits.conversations().members(),
        limits.messages().recallWindow().toSeconds(),
        limits.messages().editWindow().toSeconds());
  }

  HttpSettings http() {
    Limits limits = config.limits();
    List<Cidr> proxies = config.http().trustedProxies();
    List<String> origins = new ArrayList<>(config.http().origins());
    config.http().publicUrl().ifPresent(origins::add);
    return new HttpSettings(
        config.http().host(),
        origins,
        peer -> Cidr.anyContains(proxies, peer),
        config.http().tls().isPresent(),
        config.http().apiPage(),
        limits.frames().bytes(),
        limits.frames().perSecond(),
        limits.frames().burst(),
        REQUEST_DEADLINE,
        limits.unauthenticated().plainConnections());
  }

  /** Whether the limit per address does not apply to this address. */
  boolean exempt(String address) {
    try {
      return Cidr.anyContains(
          config.limits().unauthenticated().exemptNetworks(), InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
