package io.weir.connector.sqlserver;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How the source's server proves who it is. There is no way to encrypt without checking the certificate and the host name. */
public sealed interface ServerTrust {
    /**
     * TLS before the first byte of TDS ({@code encrypt=strict}, TDS 8.0: SQL Server 2022 and later), with the certificate and the host name checked.
     *
     * @param caFile PEM file of the authorities that are believed, or null for those of the Java platform
     */
    record Strict(@Nullable Path caFile) implements ServerTrust {}

    /** No TLS: for a server on the same host or in the same pod. The password goes over the wire as good as in clear. */
    record Plaintext() implements ServerTrust {}
}
