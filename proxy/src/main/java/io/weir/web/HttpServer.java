package io.weir.web;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import io.weir.web.api.Call;
import io.weir.web.api.HttpProblem;
import io.weir.web.api.Reply;
import io.weir.web.security.SecurityHeaders;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTPS only, HTTP/1.1. {@link #start} listens; {@link #close} stops listening and waits a moment for requests under way. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final long FAREWELL_SECONDS = 10;

    private final io.vertx.core.http.HttpServer server;
    private final Vertx vertx;
    private final WebConfig config;
    private final WebPorts ports;
    private final Site site;
    private final Semaphore slots;
    private final WebPlaces places;
    private final Map<HttpConnection, ConnectionDeadline> deadlines = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ExecutorService workers;

    private HttpServer(Vertx vertx, io.vertx.core.http.HttpServer server, WebConfig config, WebPorts ports) {
        this.vertx = vertx;
        this.server = server;
        this.config = config;
        this.ports = ports;
        this.site = new Site(ports);
        this.slots = new Semaphore(config.requests());
        this.places = new WebPlaces(config.connections(), config.connectionsPerAddress());
        this.workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("web-", 0).factory());
    }

    /**
     * Listens. Blocks until the port is bound.
     *
     * @throws IOException when the certificate, the key or the port cannot be used
     */
    public static HttpServer start(Vertx vertx, WebConfig config, WebPorts ports) throws IOException {
        io.vertx.core.http.HttpServer server = vertx.createHttpServer(options(config));
        HttpServer door = new HttpServer(vertx, server, config, ports);
        server.connectionHandler(door::connected);
        server.requestHandler(door::requested);
        try {
            server.listen(config.port(), config.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while binding", interrupted);
        } catch (ExecutionException | TimeoutException notBound) {
            throw new IOException(
                    "cannot serve HTTPS on %s port %d with certificate %s"
                            .formatted(config.host(), config.port(), config.certificate()),
                    notBound);
        }
        return door;
    }

    private static HttpServerOptions options(WebConfig config) {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(false)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(config.certificate().toString())
                        .setKeyPath(config.privateKey().toString()))
                .setSslHandshakeTimeout(10)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(8192)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setTcpNoDelay(true);
    }

    /** The port bound. */
    public int port() {
        return server.actualPort();
    }

    /** Harmless when repeated. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            server.close().toCompletionStage().toCompletableFuture().get(FAREWELL_SECONDS, TimeUnit.SECONDS);
            workers.shutdown();
            if (!workers.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("requests are still under way; they are interrupted");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.warn("the HTTP server did not stop cleanly", late);
        } finally {
            workers.shutdownNow();
        }
    }

    /** On the event loop, after the TLS handshake. */
    private void connected(HttpConnection connection) {
        String address = String.valueOf(connection.remoteAddress().hostAddress());
        if (!places.take(address)) {
            connection.close();
            return;
        }
        ConnectionDeadline deadline = new ConnectionDeadline(vertx, connection);
        deadlines.put(connection, deadline);
        deadline.headerWithin(config.header());
        connection.closeHandler(closed -> {
            deadlines.remove(connection);
            deadline.cancel();
            places.leave(address);
        });
    }

    /** On the event loop: gathers the body, no more than permitted of it. */
    private void requested(HttpServerRequest request) {
        Context context = vertx.getOrCreateContext();
        HttpServerResponse response = request.response();
        ConnectionDeadline deadline = deadlines.get(request.connection());
        if (deadline == null) {
            // A connection without a place sent its request together with the handshake's end.
            request.connection().close();
            return;
        }
        long number = deadline.requestWithin(config.request());
        response.endHandler(sent -> deadline.answered(number, config.idle()));
        if (announcesTooMuch(request)) {
            tooLarge(request);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            response.writeContinue();
        }
        Buffer body = Buffer.buffer();
        long timer = vertx.setTimer(
                config.arrival().toMillis(), late -> request.connection().close());
        request.exceptionHandler(broken -> vertx.cancelTimer(timer));
        request.handler(part -> {
            if (response.ended()) {
                return;
            }
            if (body.length() + part.length() > config.bodyBytes()) {
                vertx.cancelTimer(timer);
                tooLarge(request);
                return;
            }
            body.appendBuffer(part);
        });
        request.endHandler(whole -> {
            vertx.cancelTimer(timer);
            if (!response.ended()) {
                work(context, request, body.getBytes());
            }
        });
    }

    private boolean announcesTooMuch(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length != null && (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > config.bodyBytes());
    }

    private void tooLarge(HttpServerRequest request) {
        request.response().putHeader("Connection", "close");
        write(
                        request.response(),
                        HttpProblem.bodyTooLarge(config.bodyBytes())
                                .reply(ports.ids().get()))
                .onComplete(sent -> request.connection().close());
    }

    private void work(Context context, HttpServerRequest request, byte[] body) {
        HttpServerResponse response = request.response();
        Call call = new Call(
                request.method().name(),
                request.path() == null ? "" : request.path(),
                request.getHeader("Authorization"),
                request.getHeader("Content-Type"),
                body,
                String.valueOf(request.remoteAddress()),
                ports.ids().get());
        if (!slots.tryAcquire()) {
            write(response, HttpProblem.busy().reply(call.correlation()));
            return;
        }
        workers.execute(() -> {
            try {
                Reply reply = site.answer(call);
                context.runOnContext(ready -> write(response, reply));
            } finally {
                slots.release();
            }
        });
    }

    private static io.vertx.core.Future<Void> write(HttpServerResponse response, Reply reply) {
        if (response.closed() || response.ended()) {
            return io.vertx.core.Future.succeededFuture();
        }
        SecurityHeaders.ALL.forEach(response::putHeader);
        reply.headers().forEach(response::putHeader);
        return response.setStatusCode(reply.status())
                .putHeader("Content-Type", reply.contentType())
                .end(Buffer.buffer(reply.body()));
    }
}
