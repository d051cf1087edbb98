package io.magpie.app.config;

import java.nio.file.Path;

/**
 * Where the certificate is.
 *
 * @param certificate the chain, PEM
 * @param key its private key, PEM
 */
public record TlsConfig(Path certificate, Path key) {}
