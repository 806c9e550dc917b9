package io.weir.connector.minio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * TLS that believes the authorities of one PEM file and no others.
 *
 * @param context for sockets
 * @param manager its trust manager
 */
record TrustedAuthorities(SSLContext context, X509TrustManager manager) {
    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException when it holds no usable certificate
     */
    static TrustedAuthorities of(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
            if (count == 0) {
                throw new CertificateException("no certificate");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return new TrustedAuthorities(context, x509);
                }
            }
            throw new GeneralSecurityException("no trust manager for X.509");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the CA file of a bucket cannot be read as PEM certificates", e);
        }
    }
}
