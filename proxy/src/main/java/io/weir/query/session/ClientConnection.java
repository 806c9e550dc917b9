package io.weir.query.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.respond.ProblemWriter;
import io.weir.query.session.SessionState.Closed;
import io.weir.query.session.SessionState.Encryption;
import io.weir.query.session.SessionState.Negotiating;
import io.weir.query.session.SessionState.Serving;
import io.weir.query.wire.BackendStream;
import io.weir.query.wire.BufferBudget;
import io.weir.query.wire.Frame;
import io.weir.query.wire.FrameReader;
import io.weir.query.wire.FrontendDecoder;
import io.weir.query.wire.FrontendMessage;
import io.weir.query.wire.ProtocolViolationException;
import java.util.Objects;
import java.util.Optional;

/** One socket: frames bytes and negotiates encryption on its event loop, then feeds the session's thread. */
final class ClientConnection {
    private static final String TLS = "weir-tls";
    private static final byte TLS_HANDSHAKE = 0x16;

    /** What a connection asks of the server. */
    interface Host {
        /** Starts the session's thread. Returns what to call when the client is gone. */
        Runnable serve(ClientConnection connection, FrontendMessage.Startup startup, Inbox inbox);

        void cancel(FrontendMessage.CancelRequest request, String address);

        TlsEndpoint tls();

        SessionLimits limits();

        /** What the messages of all connections may take. */
        BufferBudget buffers();

        /** A correlation id for a connection that never becomes a session. */
        String correlation();

        /** Event loop, does not wait: a client was refused before it could become a session. */
        void refused(String correlation, String address, ProblemCode reason);
    }

    private final NetSocketInternal socket;
    private final Context context;
    private final Host host;
    private final FrameReader reader;
    private SessionState state = Negotiating.begin();
    private Runnable whenGone = () -> {};

    ClientConnection(NetSocketInternal socket, Context context, Host host) {
        this.socket = socket;
        this.context = context;
        this.host = host;
        this.reader = new FrameReader(host.limits().frames(), host.buffers());
    }

    /** Event loop, before the first byte is read. */
    void open() {
        pipeline().addFirst(new DirectTls());
        socket.exceptionHandler(broken -> close());
        socket.handler(this::received);
    }

    /** Event loop: the socket has closed. */
    void closed() {
        SessionState before = state;
        state = new Closed();
        if (before instanceof Serving(Inbox inbox)) {
            inbox.close();
        }
        reader.discard();
        whenGone.run();
    }

    /** Any thread. */
    void close() {
        socket.close();
    }

    /** Any thread: the client has proved who it is, larger frames are read from now on. */
    void authenticated() {
        reader.authenticated();
    }

    String address() {
        return Objects.requireNonNullElse(socket.remoteAddress().hostAddress(), "unknown");
    }

    SocketWriter writer() {
        return new SocketWriter(socket, host.limits().stalledWrite());
    }

    private void received(Buffer bytes) {
        if (state instanceof Closed) {
            return;
        }
        try {
            reader.append(bytes.getBytes());
            for (Optional<Frame> frame = next(); frame.isPresent(); frame = next()) {
                take(frame.get());
            }
        } catch (ProtocolViolationException violation) {
            violated(violation);
        }
    }

    private Optional<Frame> next() {
        return state instanceof Closed ? Optional.empty() : reader.next();
    }

    private void take(Frame frame) {
        switch (state) {
            case Negotiating negotiating -> negotiate(negotiating, frame);
            case Serving(Inbox inbox) -> {
                if (inbox.offer(frame)) {
                    socket.pause();
                }
            }
            case Closed() -> {}
        }
    }

    private void violated(ProtocolViolationException violation) {
        reader.discard();
        switch (state) {
            case Serving(Inbox inbox) -> {
                state = new Closed();
                inbox.fail(violation);
            }
            case Negotiating(boolean gssAsked, Encryption encryption) -> drop();
            case Closed() -> {}
        }
    }

    private void negotiate(Negotiating negotiating, Frame frame) {
        switch (FrontendDecoder.decodeStartup(frame)) {
            case FrontendMessage.SslRequest request -> {
                // Bytes that came before the handshake are not from inside TLS, whoever sent them (CVE-2021-23214).
                if (!negotiating.mayAskTls() || reader.holdsBytes()) {
                    drop();
                } else {
                    pipeline().addFirst(TLS, host.tls().handler(allocator(), true));
                    state = negotiating.encrypted(Encryption.REQUESTED);
                    socket.write(Buffer.buffer("S"));
                }
            }
            case FrontendMessage.GssEncRequest request -> {
                if (!negotiating.mayAskGss() || reader.holdsBytes()) {
                    drop();
                } else {
                    state = negotiating.gssRefused();
                    socket.write(Buffer.buffer("N"));
                }
            }
            case FrontendMessage.CancelRequest cancel -> {
                if (negotiating.encryption() != Encryption.NONE || host.limits().plaintextCancel()) {
                    host.cancel(cancel, address());
                }
                drop();
            }
            case FrontendMessage.Startup startup -> start(negotiating, startup);
            default -> drop();
        }
    }

    private void start(Negotiating negotiating, FrontendMessage.Startup startup) {
        switch (negotiating.encryption()) {
            case NONE ->
                refuse(Problem.of(
                        ProblemCode.TLS_REQUIRED,
                        "The start-up message came in the clear.",
                        "Connect with sslmode=verify-full, or at least sslmode=require."));
            case REQUESTED -> serve(negotiating, startup);
            case DIRECT -> {
                if (pipeline().get(TLS) instanceof SslHandler tls
                        && TlsEndpoint.PROTOCOL.equals(tls.applicationProtocol())) {
                    serve(negotiating, startup);
                } else {
                    drop();
                }
            }
        }
    }

    private void serve(Negotiating negotiating, FrontendMessage.Startup startup) {
        SessionLimits limits = host.limits();
        Inbox inbox = new Inbox(
                limits.inboxFrames(),
                limits.inboxBytes(),
                host.buffers(),
                () -> context.runOnContext(ignored -> socket.resume()));
        reader.expectTags();
        state = negotiating.serving(inbox);
        whenGone = host.serve(this, startup, inbox);
    }

    private void refuse(Problem problem) {
        state = new Closed();
        BackendStream stream =
                new BackendStream(bytes -> socket.write(Buffer.buffer(bytes)).onComplete(written -> socket.close()));
        String correlation = host.correlation();
        host.refused(correlation, address(), problem.code());
        new ProblemWriter(stream, correlation).fatal(problem);
        stream.flush();
    }

    private void drop() {
        state = new Closed();
        socket.close();
    }

    private ChannelPipeline pipeline() {
        return socket.channelHandlerContext().pipeline();
    }

    private io.netty.buffer.ByteBufAllocator allocator() {
        return socket.channelHandlerContext().alloc();
    }

    /** Looks at the first byte only: a TLS handshake, or the high byte of a start-up message's length, which is 0. */
    private final class DirectTls extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext first, Object message) {
            if (message instanceof ByteBuf bytes
                    && bytes.isReadable()
                    && bytes.getByte(bytes.readerIndex()) == TLS_HANDSHAKE
                    && state instanceof Negotiating negotiating) {
                state = negotiating.encrypted(Encryption.DIRECT);
                first.pipeline().addAfter(first.name(), TLS, host.tls().handler(first.alloc(), false));
            }
            first.fireChannelRead(message);
            first.pipeline().remove(this);
        }
    }
}
