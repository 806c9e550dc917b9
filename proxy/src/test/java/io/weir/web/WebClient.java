package io.weir.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A plain client that trusts the test's certificate. */
final class WebClient {
    static final ObjectMapper JSON = new ObjectMapper();

    private final WebWorld world;
    private final HttpClient client;
    private final SSLContext context;

    WebClient(WebWorld world) throws Exception {
        this.world = world;
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(world.certificate.certificate())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        this.context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        this.client = HttpClient.newBuilder().sslContext(context).build();
    }

    /** The same client from another address of the loopback. */
    HttpClient from(String address) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(context)
                .localAddress(InetAddress.getByName(address))
                .build();
    }

    /** A connection whose handshake is done and whose bytes are the test's. */
    SSLSocket raw() throws Exception {
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket("127.0.0.1", world.url().getPort());
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(world.url().resolve(path)).timeout(Duration.ofSeconds(30));
    }

    HttpRequest.Builder as(String person, String path) {
        return to(path).header("Authorization", "Bearer " + WebWorld.token(person));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String person, String path) throws Exception {
        return send(as(person, path));
    }

    HttpResponse<String> post(String person, String path, String json) throws Exception {
        return send(as(person, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    static JsonNode json(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body());
    }
}
