package io.weir.connector.postgresql;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How the source's server proves who it is. There is no way to encrypt without checking the certificate and the host name. */
public sealed interface ServerTrust {
    /**
     * TLS with the certificate and the host name checked ({@code sslmode=verify-full}).
     *
     * @param caFile PEM file of the authorities that are believed, or null for those of the Java platform
     */
    record VerifyFull(@Nullable Path caFile) implements ServerTrust {}

    /** No TLS: for a server on the same host or in the same pod. SCRAM still makes both sides prove that they know the password. */
    record Plaintext() implements ServerTrust {}
}
