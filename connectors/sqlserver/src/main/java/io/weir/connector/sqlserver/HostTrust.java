package io.weir.connector.sqlserver;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Believes a certificate for the names and addresses that it lists as alternative names and never for its common name (RFC 9525 section 2), when it
 * comes from the authorities of a file or of the platform. The driver asks a trust manager that it is given for nothing but the chain, so the
 * host is checked here. Public because the driver makes it by its name. Thread-safe.
 */
public final class HostTrust extends X509ExtendedTrustManager {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final X509ExtendedTrustManager authorities;

    /**
     * @param caFile PEM file of authorities; empty for those of the platform
     * @throws IOException when it cannot be read
     * @throws GeneralSecurityException when it holds no certificates
     */
    public HostTrust(String caFile) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(caFile.isEmpty() ? null : store(Path.of(caFile)));
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                authorities = extended;
                return;
            }
        }
        throw new GeneralSecurityException("the platform has no trust manager for X.509");
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            int number = 0;
            for (Certificate certificate : all) {
                store.setCertificateEntry("authority" + number++, certificate);
            }
            if (number == 0) {
                throw new GeneralSecurityException("the file of authorities holds no certificate");
            }
        }
        return store;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        if (!(socket instanceof SSLSocket tls) || tls.getHandshakeSession() == null) {
            throw new CertificateException("no TLS connection whose host could be checked");
        }
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        String host = tls.getHandshakeSession().getPeerHost();
        if (host == null || !lists(chain[0], isAddress(host) ? IP_ADDRESS : DNS_NAME)) {
            throw new CertificateException("the certificate does not list the host");
        }
        // A certificate that is its own authority is not asked for its days by the platform.
        chain[0].checkValidity();
        authorities.checkServerTrusted(chain, authType, tls);
    }

    private static boolean lists(X509Certificate certificate, int kind) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null
                && names.stream().anyMatch(name -> Integer.valueOf(kind).equals(name.get(0)));
    }

    private static boolean isAddress(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("only sockets are checked");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a certificate is believed for a host only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
