package io.weir.query.session;

import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.weir.identity.PersonId;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.wire.BufferBudget;
import io.weir.query.wire.FrontendMessage;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door for PostgreSQL clients. {@link #start} listens; {@link #close} stops listening, ends all sessions and waits for them. One
 * instance a port. Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final Duration FAREWELL = Duration.ofSeconds(10);
    private static final long MINUTE_MILLIS = 60_000;

    private final Vertx vertx;
    private final NetServer server;
    private final SessionPorts ports;
    private final SessionLimits limits;
    private final TlsEndpoint tls;
    private final CancelKeys cancelKeys;
    private final BufferBudget buffers;
    private final long forgiveTimer;
    private final SessionPlaces sessions;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final Map<String, AtomicInteger> handshakesByAddress = new ConcurrentHashMap<>();
    private final Map<Thread, ClientConnection> running = new ConcurrentHashMap<>();
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();

    private PostgresServer(Vertx vertx, NetServer server, SessionConfig config, SessionPorts ports, TlsEndpoint tls) {
        this.vertx = vertx;
        this.server = server;
        this.ports = ports;
        this.limits = config.limits();
        this.sessions = new SessionPlaces(limits.sessions(), limits.sessionsPerPerson());
        this.tls = tls;
        this.buffers = new BufferBudget(limits.bufferedBytes());
        this.cancelKeys = new CancelKeys(ports.random());
        this.forgiveTimer = vertx.setPeriodic(MINUTE_MILLIS, tick -> cancelKeys.forgive());
    }

    /** Client-initiated renegotiation of TLS 1.2 is refused in this process, if nothing has used TLS before. */
    public static void refuseTlsRenegotiation() {
        TlsEndpoint.refuseRenegotiation();
    }

    /**
     * Listens. Blocks until the port is bound.
     *
     * @throws IOException when the certificate, the key or the port cannot be used
     */
    public static PostgresServer start(Vertx vertx, SessionConfig config, SessionPorts ports) throws IOException {
        TlsEndpoint tls;
        try {
            tls = TlsEndpoint.load(config.certificates(), config.privateKey());
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw new IOException("the TLS certificate or key cannot be used: " + config.certificates(), unusable);
        }
        NetServer server = vertx.createNetServer(
                new NetServerOptions().setTcpNoDelay(true).setTcpKeepAlive(true).setReuseAddress(true));
        PostgresServer door = new PostgresServer(vertx, server, config, ports, tls);
        server.connectHandler(door::connected);
        try {
            server.listen(config.port(), config.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(FAREWELL.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while binding", interrupted);
        } catch (ExecutionException | TimeoutException notBound) {
            throw new IOException("cannot listen on " + config.host() + " port " + config.port(), notBound);
        }
        return door;
    }

    /** The port bound. */
    public int port() {
        return server.actualPort();
    }

    /** Authenticated sessions, for metrics. */
    public int sessions() {
        return sessions.taken();
    }

    @Override
    public void close() {
        vertx.cancelTimer(forgiveTimer);
        server.close();
        connections.forEach(ClientConnection::close);
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        running.forEach((thread, connection) -> {
            connection.close();
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void connected(NetSocket socket) {
        Admitted admitted = new Admitted(socket);
        if (!admitted.enter()) {
            socket.close();
            return;
        }
        ClientConnection connection =
                new ClientConnection((NetSocketInternal) socket, vertx.getOrCreateContext(), admitted);
        connections.add(connection);
        long timer = vertx.setTimer(limits.authentication().toMillis(), late -> admitted.expire(connection));
        socket.closeHandler(gone -> {
            vertx.cancelTimer(timer);
            connections.remove(connection);
            admitted.leave();
            connection.closed();
        });
        connection.open();
    }

    private String newCorrelation() {
        byte[] id = new byte[8];
        ports.random().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** One connection's place among all: an unauthenticated one counts as a handshake, then as a session. */
    private final class Admitted implements ClientConnection.Host, Session.Host {
        private final String address;
        private boolean handshaking;
        private @Nullable PersonId session;

        Admitted(NetSocket socket) {
            this.address = String.valueOf(socket.remoteAddress().hostAddress());
        }

        synchronized boolean enter() {
            if (handshakes.incrementAndGet() > limits.handshakes()) {
                handshakes.decrementAndGet();
                return false;
            }
            handshaking = true;
            AtomicInteger mine = handshakesByAddress.computeIfAbsent(address, fresh -> new AtomicInteger());
            if (mine.incrementAndGet() > limits.handshakesPerAddress()) {
                leave();
                return false;
            }
            return true;
        }

        synchronized void leave() {
            if (handshaking) {
                handshaking = false;
                handshakes.decrementAndGet();
                handshakesByAddress.computeIfPresent(
                        address, (key, count) -> count.decrementAndGet() <= 0 ? null : count);
            }
            PersonId person = session;
            if (person != null) {
                session = null;
                sessions.leave(person);
            }
        }

        synchronized void expire(ClientConnection connection) {
            if (handshaking) {
                connection.close();
            }
        }

        @Override
        public synchronized @Nullable Problem becomeSession(PersonId person) {
            if (!handshaking) {
                return Problem.of(ProblemCode.TOO_MANY_CONNECTIONS);
            }
            Problem full = sessions.take(person);
            if (full != null) {
                return full;
            }
            session = person;
            handshaking = false;
            handshakes.decrementAndGet();
            handshakesByAddress.computeIfPresent(address, (key, count) -> count.decrementAndGet() <= 0 ? null : count);
            return null;
        }

        @Override
        public Runnable serve(ClientConnection connection, FrontendMessage.Startup startup, Inbox inbox) {
            Session session = new Session(connection, startup, inbox, ports, this);
            Thread thread = Thread.ofVirtual().name("session-" + session.id()).unstarted(() -> {
                try {
                    session.run();
                } finally {
                    running.remove(Thread.currentThread());
                }
            });
            running.put(thread, connection);
            thread.start();
            return session::gone;
        }

        @Override
        public void cancel(FrontendMessage.CancelRequest request, String from) {
            LOG.atDebug().log("cancel request");
            cancelKeys.cancel(request.process(), request.key(), from);
        }

        @Override
        public void refused(String correlation, String from, ProblemCode reason) {
            new SessionAudit(ports.audit(), correlation, from).refusedAtTheDoor(reason);
        }

        @Override
        public CancelKeys cancelKeys() {
            return cancelKeys;
        }

        @Override
        public TlsEndpoint tls() {
            return tls;
        }

        @Override
        public SessionLimits limits() {
            return limits;
        }

        @Override
        public BufferBudget buffers() {
            return buffers;
        }

        @Override
        public String correlation() {
            return newCorrelation();
        }
    }
}
