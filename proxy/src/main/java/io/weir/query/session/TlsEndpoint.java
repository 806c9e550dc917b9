package io.weir.query.session;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;

/**
 * The server's TLS identity: TLS 1.2 and 1.3, ALPN {@code postgresql}. Immutable, any thread.
 *
 * <p>Not {@code NetSocket.upgradeToSsl}: direct TLS must be recognised by the first byte of a connection that may also open in the clear,
 * and ALPN must be checked; with Netty's handler both are one mechanism.
 */
final class TlsEndpoint {
    static final String PROTOCOL = "postgresql";

    private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    private final SslContext context;
    private final byte[] binding;

    private TlsEndpoint(SslContext context, byte[] binding) {
        this.context = context;
        this.binding = binding;
    }

    /** To be called before anything else uses TLS: the runtime reads the property once. TLS 1.3 has no renegotiation. */
    static void refuseRenegotiation() {
        System.setProperty(NO_RENEGOTIATION, "true");
    }

    /** Reads the PEM files. */
    static TlsEndpoint load(Path certificates, Path privateKey) throws IOException, GeneralSecurityException {
        refuseRenegotiation();
        SslContext context = SslContextBuilder.forServer(certificates.toFile(), privateKey.toFile())
                .sslProvider(SslProvider.JDK)
                .protocols(List.of("TLSv1.3", "TLSv1.2"))
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.FATAL_ALERT,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.FATAL_ALERT,
                        PROTOCOL))
                .build();
        try (InputStream in = Files.newInputStream(certificates)) {
            X509Certificate first =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return new TlsEndpoint(context, binding(first));
        }
    }

    /** @param answerFirst whether the next write still goes out in the clear (the {@code S} that answers SSLRequest) */
    SslHandler handler(ByteBufAllocator allocator, boolean answerFirst) {
        return new SslHandler(context.newEngine(allocator), answerFirst);
    }

    /** tls-server-end-point (RFC 5929 section 4.1). */
    byte[] binding() {
        return binding.clone();
    }

    private static byte[] binding(X509Certificate certificate) throws GeneralSecurityException {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        String digest =
                signature.startsWith("SHA384") ? "SHA-384" : signature.startsWith("SHA512") ? "SHA-512" : "SHA-256";
        return MessageDigest.getInstance(digest).digest(certificate.getEncoded());
    }
}
