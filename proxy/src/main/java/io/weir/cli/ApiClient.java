package io.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Speaks the HTTP API of an installation, over verified TLS only. Blocks. Prints without the token. */
final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(5);

    private final URI base;
    private final String token;
    private final HttpClient client;

    /**
     * @param authorities PEM file of the certificates to trust; null for Java's own
     * @throws CommandException when the file holds none
     */
    ApiClient(URI base, String token, @Nullable Path authorities) {
        this.base = base;
        this.token = token;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
        if (authorities != null) {
            builder.sslContext(trusting(authorities));
        }
        this.client = builder.build();
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
            if (count == 0) {
                throw new CommandException("there is no certificate in " + file);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandException("cannot read certificates from " + file, e);
        }
    }

    /** @throws RefusedException when the installation says no */
    JsonNode get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    /** @throws RefusedException when the installation says no */
    JsonNode post(String path, Map<String, String> body) {
        try {
            return send(HttpRequest.newBuilder(base.resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are serialisable", e);
        }
    }

    private JsonNode send(HttpRequest.Builder request) {
        HttpResponse<String> response;
        try {
            response = client.send(
                    request.header("Authorization", "Bearer " + token)
                            .header("Accept", "application/json, application/problem+json")
                            .timeout(ANSWER)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandException("cannot reach %s: %s".formatted(base, reason(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", e);
        } catch (IllegalArgumentException e) {
            throw new CommandException("the token or URL cannot be sent", e);
        }
        return read(response);
    }

    private JsonNode read(HttpResponse<String> response) {
        JsonNode body;
        try {
            body = JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new CommandException("%s answered %d, not in JSON".formatted(base, response.statusCode()), e);
        }
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return body;
        }
        if (status >= 400 && status < 500) {
            throw new RefusedException(body);
        }
        throw new CommandException("%s answered %d: %s"
                .formatted(base, status, Printable.line(body.path("title").asText("no reason given"))));
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    @Override
    public String toString() {
        return "ApiClient[" + base + "]";
    }
}
