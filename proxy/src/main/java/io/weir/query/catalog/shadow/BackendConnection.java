package io.weir.query.catalog.shadow;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the shadow over the wire protocol 3.0, blocking. One thread at a time, except {@link #cancel} and {@link #close}.
 * Interrupting the thread closes the connection. After an {@link IOException} that is no {@link BackendError.BackendException} it is of
 * no more use.
 */
final class BackendConnection implements AutoCloseable {
    private static final Duration LOGIN = Duration.ofSeconds(10);
    private static final int LONGEST_MESSAGE = 64 << 20;
    private static final int LONGEST_BEFORE_LOGIN = 64 << 10;
    private static final int LONGEST_EXCHANGE = 64 << 20;

    /** Who first wanted the present work to end. */
    private enum Canceller {
        NOBODY,
        CLIENT,
        WATCHDOG
    }

    private final AtomicReference<Canceller> canceller = new AtomicReference<>(Canceller.NOBODY);
    private final BackendAddress address;
    private final SocketChannel channel;
    private final DataInputStream in;
    private final Watchdog watchdog;
    private int longest = LONGEST_BEFORE_LOGIN;
    private int process;
    private int secret;
    private volatile boolean closed;

    private BackendConnection(BackendAddress address, SocketChannel channel, Watchdog watchdog) {
        this.address = address;
        this.channel = channel;
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 16 << 10));
        this.watchdog = watchdog;
    }

    static BackendConnection open(BackendAddress address, Login login, Watchdog watchdog, SecureRandom random)
            throws IOException {
        BackendConnection connection = new BackendConnection(address, address.connect(), watchdog);
        try {
            return watchdog.orClose(connection, LOGIN, () -> {
                Map<String, String> parameters = new TreeMap<>(login.settings());
                parameters.put("user", login.user());
                parameters.put("database", login.database());
                parameters.put("client_encoding", "UTF8");
                connection.send(new FrontendMessages().startup(parameters));
                connection.authenticate(login, random);
                return connection;
            });
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void authenticate(Login login, SecureRandom random) throws IOException {
        try {
            converse(login, random);
        } catch (BufferUnderflowException e) {
            throw new IOException("the shadow sent a message that is too short", e);
        }
    }

    private void converse(Login login, SecureRandom random) throws IOException {
        ScramClient scram = new ScramClient(login.password(), random);
        boolean verified = false;
        boolean challenged = false;
        while (true) {
            BackendMessage message = receive();
            switch (message.type()) {
                case BackendMessage.AUTHENTICATION -> {
                    MessageReader reader = message.reader();
                    switch (reader.int32()) {
                        case 0 -> {
                            // Where there is a password, the server must have shown that it knows it, too.
                            if (!verified && (challenged || !login.password().isEmpty())) {
                                throw new IOException("the server skipped its own proof");
                            }
                            longest = LONGEST_MESSAGE;
                        }
                        case 10 -> {
                            challenged = true;
                            send(new FrontendMessages().saslInitialResponse("SCRAM-SHA-256", scram.first()));
                        }
                        case 11 -> send(new FrontendMessages().saslResponse(scram.last(reader.rest())));
                        case 12 -> {
                            scram.verify(reader.rest());
                            verified = true;
                        }
                        default -> throw new IOException("the shadow must ask for SCRAM-SHA-256 or trust its socket");
                    }
                }
                case BackendMessage.BACKEND_KEY_DATA -> {
                    MessageReader reader = message.reader();
                    process = reader.int32();
                    secret = reader.int32();
                }
                case BackendMessage.ERROR_RESPONSE ->
                    throw BackendError.read(message).asException();
                case BackendMessage.READY_FOR_QUERY -> {
                    return;
                }
                default -> {
                    // ParameterStatus and notices tell us nothing
                }
            }
        }
    }

    void send(FrontendMessages messages) throws IOException {
        send(messages.toByteArray());
    }

    void send(byte[] messages) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(messages);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    BackendMessage receive() throws IOException {
        BackendMessage message = receive(length -> true);
        if (message == null) {
            throw new IllegalStateException("there is room for everything");
        }
        return message;
    }

    /**
     * @param room whether there is room for a body of this length
     * @return the next message; null when there is no room for it: the connection is of no more use then
     */
    @Nullable
    BackendMessage receive(IntPredicate room) throws IOException {
        byte type = in.readByte();
        int length = in.readInt() - 4;
        if (length < 0 || length > longest) {
            throw new IOException("the shadow sent a message of an impossible length");
        }
        if (!room.test(length)) {
            return null;
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return new BackendMessage(type, body);
    }

    /** Everything up to and without ReadyForQuery, which leaves the connection in step whatever was answered. */
    List<BackendMessage> receiveUntilReady() throws IOException {
        List<BackendMessage> messages = new ArrayList<>();
        long bytes = 0;
        while (true) {
            BackendMessage message = receive();
            switch (message.type()) {
                case BackendMessage.READY_FOR_QUERY -> {
                    return messages;
                }
                case BackendMessage.PARAMETER_STATUS, BackendMessage.NOTIFICATION, BackendMessage.NOTICE -> {
                    // tell us nothing
                }
                default -> {
                    messages.add(message);
                    bytes += message.body().length + 32;
                    if (bytes > LONGEST_EXCHANGE) {
                        throw new IOException("the shadow does not come to an end");
                    }
                }
            }
        }
    }

    /** Runs statements of our own as one simple Query and returns the rows of all of them as texts. */
    List<List<@Nullable String>> run(String sql, Duration limit) throws IOException {
        return rows(watchdog.orCancel(this, limit, () -> {
            send(new FrontendMessages().query(sql));
            return receiveUntilReady();
        }));
    }

    /** The rows among answers in text format. */
    static List<List<@Nullable String>> rows(List<BackendMessage> answers) throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (BackendMessage answer : answers) {
            if (answer.type() == BackendMessage.ERROR_RESPONSE) {
                throw BackendError.read(answer).asException();
            }
            if (answer.type() == BackendMessage.DATA_ROW) {
                rows.add(row(answer));
            }
        }
        return rows;
    }

    private static List<@Nullable String> row(BackendMessage message) throws IOException {
        try {
            MessageReader reader = message.reader();
            int columns = reader.count();
            if (columns < 1) {
                throw new IOException("the shadow sent a row without columns");
            }
            List<@Nullable String> row = new ArrayList<>(columns);
            for (int i = 0; i < columns; i++) {
                int length = reader.int32();
                row.add(length < 0 ? null : new String(reader.bytes(length), StandardCharsets.UTF_8));
            }
            return row;
        } catch (BufferUnderflowException e) {
            throw new IOException("the shadow sent a row that is too short", e);
        }
    }

    Watchdog watchdog() {
        return watchdog;
    }

    /** Work begins that may be cancelled. */
    void begin() {
        canceller.set(Canceller.NOBODY);
    }

    /** Any thread: the client wants what this connection runs to end. */
    void cancel() {
        canceller.compareAndSet(Canceller.NOBODY, Canceller.CLIENT);
        askToCancel();
    }

    /** Any thread: the same, because it takes too long. */
    void timeOut() {
        canceller.compareAndSet(Canceller.NOBODY, Canceller.WATCHDOG);
        askToCancel();
    }

    /** Whether the present work, or the last one, took too long before anybody else cancelled it. */
    boolean isTimedOut() {
        return canceller.get() == Canceller.WATCHDOG;
    }

    /** Over a connection of its own. */
    private void askToCancel() {
        try (SocketChannel other = address.connect()) {
            ByteBuffer buffer = ByteBuffer.wrap(
                    new FrontendMessages().cancel(process, secret).toByteArray());
            while (buffer.hasRemaining()) {
                other.write(buffer);
            }
            other.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            close();
        }
    }

    /** Closes in the midst of work: from the end of a connection alone the server would not notice before it has something to say. */
    void abandon() {
        close();
        if (process != 0) {
            Thread.ofVirtual().name("shadow-cancel").start(this::askToCancel);
        }
    }

    boolean isOpen() {
        return !closed && channel.isOpen();
    }

    @Override
    public void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            // no Terminate, no regrets: the server notices the end of a connection by itself
        }
    }
}
