package io.weir.connector.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate for 127.0.0.1 and localhost, its own authority, made by the JDK's keytool.
 *
 * @param keyStore PKCS#12 with key and certificate
 * @param password of the key store
 * @param certificatePem the certificate, also to be believed as the authority
 * @param keyPem the private key, readable by the owner only
 */
public record TestCertificate(Path keyStore, String password, Path certificatePem, Path keyPem) {
    /** Makes one within a directory. */
    public static TestCertificate make(Path directory)
            throws IOException, GeneralSecurityException, InterruptedException {
        return make(directory, "CN=localhost", "san=ip:127.0.0.1,dns:localhost", "-1d");
    }

    /**
     * Makes one that may be wrong.
     *
     * @param name distinguished name
     * @param names extension with the alternative names, or empty for none
     * @param start first of its 3650 days, from now: {@code -1d}, {@code -11y}
     */
    public static TestCertificate make(Path directory, String name, String names, String start)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("server.p12");
        String password = "changeit";
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                name,
                "-ext",
                "bc:c",
                "-startdate",
                start,
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                password));
        if (!names.isEmpty()) {
            command.addAll(List.of("-ext", names));
        }
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password.toCharArray());
        }
        Path certificate = directory.resolve("server.crt");
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
        Path key = Files.createFile(
                directory.resolve("server.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Key secret = keys.getKey("server", password.toCharArray());
        Files.writeString(key, pem("PRIVATE KEY", secret.getEncoded()));
        return new TestCertificate(store, password, certificate, key);
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }
}
