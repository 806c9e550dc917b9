package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The world's server: 50 connections, 20 of one address; 5 s to a header, 5 s to a body, 3 s between requests. */
final class HttpDeadlinesTest extends InWebWorld {
    private static final int ATTACKERS = 120;

    private static void write(SSLSocket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** What comes until the server closes or resets. */
    private static String rest(SSLSocket socket) {
        StringBuilder text = new StringBuilder();
        try {
            for (int c = socket.getInputStream().read();
                    c >= 0;
                    c = socket.getInputStream().read()) {
                text.append((char) c);
            }
        } catch (IOException reset) {
            return text.toString();
        }
        return text.toString();
    }

    private static Duration untilClosedDribbling(SSLSocket socket, String each) throws Exception {
        AtomicBoolean open = new AtomicBoolean(true);
        long start = System.nanoTime();
        Thread dribble = Thread.ofVirtual().start(() -> {
            try {
                while (open.get()) {
                    write(socket, each);
                    Thread.sleep(200);
                }
            } catch (IOException | InterruptedException closed) {
                open.set(false);
            }
        });
        rest(socket);
        open.set(false);
        dribble.join();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Tag("S17")
    @Test
    void dribblingConnectionsOfOneAddressLeaveRoomForOthers() throws Exception {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        List<SSLSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < ATTACKERS; i++) {
                SSLSocket socket = client.raw();
                sockets.add(socket);
                try {
                    write(socket, "GET /healthz HTTP/1.1\r\nX-Slow: ");
                } catch (IOException refused) {
                    socket.close();
                }
            }
            try (HttpClient other = client.from("127.0.0.2")) {
                HttpResponse<String> health =
                        other.send(client.to("/healthz").build(), HttpResponse.BodyHandlers.ofString());
                assertThat(health.statusCode()).isEqualTo(200);
            }
        } finally {
            for (SSLSocket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void oneAddressHasItsShareAndNoMore() {
        WebPlaces places = new WebPlaces(3, 2);
        assertThat(places.take("a")).isTrue();
        assertThat(places.take("a")).isTrue();
        assertThat(places.take("a")).isFalse();
        assertThat(places.take("b")).isTrue();
        assertThat(places.take("c")).isFalse();
        places.leave("a");
        assertThat(places.take("a")).isTrue();
    }

    @Test
    void aHeaderThatDribblesIsCutOff() throws Exception {
        try (SSLSocket socket = client.raw()) {
            write(socket, "GET /healthz HTTP/1.1\r\nX-Slow: ");
            assertThat(untilClosedDribbling(socket, "x")).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
        }
        assertThat(client.send(client.to("/healthz")).statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatDribblesIsCutOff() throws Exception {
        try (SSLSocket socket = client.raw()) {
            write(socket, "POST /api/v1/releases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n");
            assertThat(untilClosedDribbling(socket, "x")).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
        }
    }

    @Test
    void aKeptConnectionIsClosedBetweenRequestsEvenWhenItDribbles() throws Exception {
        try (SSLSocket socket = client.raw()) {
            write(socket, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Thread.sleep(1_000);
            write(socket, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nX-Slow: ");
            Duration lived = untilClosedDribbling(socket, "x");
            assertThat(lived).isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(6));
        }
    }

    @Test
    void requestsOnAKeptConnectionAreAnsweredOneAfterTheOther() throws Exception {
        try (SSLSocket socket = client.raw()) {
            String ask = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
            write(socket, ask + ask + ask);
            assertThat(rest(socket).split("HTTP/1.1 200", -1)).hasSize(4);
        }
    }

    @Test
    void aClientThatAsksWhetherToContinueIsTold() throws Exception {
        try (SSLSocket socket = client.raw()) {
            write(
                    socket,
                    "POST /api/v1/releases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) socket.getInputStream().read());
            }
            assertThat(head.toString()).startsWith("HTTP/1.1 100 ");
            write(socket, "{}");
            assertThat(rest(socket)).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void aBodyAnnouncedTooLargeIsNotAskedFor() throws Exception {
        try (SSLSocket socket = client.raw()) {
            write(
                    socket,
                    "POST /api/v1/releases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\nExpect: 100-continue\r\n\r\n");
            assertThat(rest(socket)).startsWith("HTTP/1.1 413 ");
        }
    }
}
