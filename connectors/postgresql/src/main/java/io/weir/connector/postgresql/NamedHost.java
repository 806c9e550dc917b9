package io.weir.connector.postgresql;

import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.postgresql.ssl.PGjdbcHostnameVerifier;

/**
 * Believes a certificate for the names and addresses that it lists as alternative names, as the driver does, but never for its common name
 * (RFC 9525 section 2). Public because the driver makes it by its name. Thread-safe.
 */
public final class NamedHost implements HostnameVerifier {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    @Override
    public boolean verify(String host, SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0
                    && chain[0] instanceof X509Certificate certificate
                    && isCurrent(certificate)
                    && lists(certificate, isAddress(host) ? IP_ADDRESS : DNS_NAME)
                    && PGjdbcHostnameVerifier.INSTANCE.verify(host, session);
        } catch (SSLPeerUnverifiedException | CertificateParsingException unreadable) {
            return false;
        }
    }

    /** A certificate that is its own authority is not asked for its days by the platform. */
    private static boolean isCurrent(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (CertificateException outOfDate) {
            return false;
        }
    }

    private static boolean lists(X509Certificate certificate, int kind) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null
                && names.stream().anyMatch(name -> Integer.valueOf(kind).equals(name.get(0)));
    }

    /** A source's host is a name or an address by the grammar of {@link PostgresAddress}; a top-level domain has a letter. */
    private static boolean isAddress(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }
}
