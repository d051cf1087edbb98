package io.magpie.app.config;

import java.util.List;
import java.util.Optional;

/**
 * The port that people reach.
 *
 * @param host address to bind
 * @param port port to bind; 0 takes any free one
 * @param publicUrl where people open the web app, without a slash at the end
 * @param origins other origins that may call, lower case, compared exactly; the own origin always
 *     may
 * @param trustedProxies whose forwarding headers are believed
 * @param tls present when the server speaks TLS itself
 * @param apiPage whether the page of the API is served
 */
public record HttpConfig(
    String host,
    int port,
    Optional<String> publicUrl,
    List<String> origins,
    List<Cidr> trustedProxies,
    Optional<TlsConfig> tls,
    boolean apiPage) {

  static HttpConfig from(Values values) {
    return new HttpConfig(
        values.get(SettingsTable.HTTP_HOST),
        values.get(SettingsTable.HTTP_PORT),
        values.find(SettingsTable.PUBLIC_URL),
        values.get(SettingsTable.ORIGINS),
        values.get(SettingsTable.TRUSTED_PROXIES),
        values
            .find(SettingsTable.TLS_CERTIFICATE)
            .flatMap(
                certificate ->
                    values.find(SettingsTable.TLS_KEY).map(key -> new TlsConfig(certificate, key))),
        values.get(SettingsTable.API_PAGE));
  }
}
