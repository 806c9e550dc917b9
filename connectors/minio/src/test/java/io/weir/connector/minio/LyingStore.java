package io.weir.connector.minio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.weir.connector.testkit.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.KeyStore;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A store over TLS that takes everything and keeps less than it promises. Checks no signature. */
final class LyingStore implements AutoCloseable {
    /** What it gets wrong. */
    enum Fault {
        /** Overwrites in spite of If-None-Match. */
        IGNORES_CONDITION,
        /** Answers 501 to a conditional put. */
        REFUSES_CONDITION,
        /** Gives no checksum back. */
        NO_CHECKSUM,
        /** Flips a bit of what it keeps, of the true length. */
        CORRUPTS,
        /** Keeps only a part. */
        TRUNCATES,
        /** Answers 503 to every put. */
        BUSY
    }

    final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Set<Fault> faults;
    private final Map<String, String> checksums = new ConcurrentHashMap<>();
    private final HttpsServer server;

    LyingStore(TestCertificate certificate, Set<Fault> faults) throws Exception {
        this.faults = faults.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(faults);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate.keyStore())) {
            keys.load(in, certificate.password().toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, certificate.password().toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestMethod()) {
                case "PUT" -> put(exchange, key, body);
                case "HEAD", "GET" -> get(exchange, key);
                default -> exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
        boolean conditional = exchange.getRequestHeaders().containsKey("If-None-Match");
        if (faults.contains(Fault.BUSY)) {
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        if (conditional && faults.contains(Fault.REFUSES_CONDITION)) {
            error(exchange, 501, "NotImplemented");
            return;
        }
        if (conditional && objects.containsKey(key) && !faults.contains(Fault.IGNORES_CONDITION)) {
            error(exchange, 412, "PreconditionFailed");
            return;
        }
        byte[] kept = body.clone();
        boolean probe = key.contains("/weir-probe/");
        if (faults.contains(Fault.CORRUPTS) && kept.length > 0 && !probe) {
            kept[0] ^= 1;
        }
        if (faults.contains(Fault.TRUNCATES) && !probe) {
            kept = java.util.Arrays.copyOf(kept, kept.length / 2);
        }
        objects.put(key, kept);
        String checksum = exchange.getRequestHeaders().getFirst("x-amz-checksum-sha256");
        if (checksum != null) {
            checksums.put(key, checksum);
        }
        exchange.getResponseHeaders().add("ETag", "\"x\"");
        exchange.sendResponseHeaders(200, -1);
    }

    private void get(HttpExchange exchange, String key) throws IOException {
        byte[] kept = objects.get(key);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (kept == null) {
            if (head) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                error(exchange, 404, "NoSuchKey");
            }
            return;
        }
        exchange.getResponseHeaders().add("ETag", "\"x\"");
        exchange.getResponseHeaders().add("Last-Modified", "Mon, 12 Oct 2009 17:50:00 GMT");
        if (!faults.contains(Fault.NO_CHECKSUM) && checksums.containsKey(key)) {
            exchange.getResponseHeaders().add("x-amz-checksum-sha256", checksums.get(key));
        }
        if (head) {
            exchange.getResponseHeaders().add("Content-Length", Integer.toString(kept.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, kept.length == 0 ? -1 : kept.length);
            exchange.getResponseBody().write(kept);
        }
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        byte[] xml = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>m</Message></Error>")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, xml.length);
        exchange.getResponseBody().write(xml);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
