package io.weir.query.session;

import java.nio.file.Path;

/**
 * Where the server listens and as whom.
 *
 * @param host address to bind
 * @param port port, 0 for any free one
 * @param certificates PEM file, the server's certificate first, then its issuers
 * @param privateKey PEM file, PKCS #8, not encrypted; readable by the proxy only
 * @param limits what clients may take
 */
public record SessionConfig(String host, int port, Path certificates, Path privateKey, SessionLimits limits) {}
