package io.weir.connector.sqlserver.tds;

import io.weir.connector.sqlserver.tds.Packets.Message;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One connection: its thread reads, another one answers, so that an ATTENTION is heard in the midst of an answer. */
final class Session {
    private static final int SP_EXECUTESQL = 10;
    private static final int SP_EXECUTE = 12;
    private static final int SP_PREPEXEC = 13;
    private static final int SP_UNPREPARE = 15;

    private final TdsResponder responder;
    private final Socket socket;
    private final Packets packets;
    private final Tokens out;
    private final Map<Integer, String> prepared = new HashMap<>();
    private final ExecutorService answering = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("tds-answer").factory());
    private final Object lock = new Object();

    private @Nullable Connection backend;
    private @Nullable Thread worker;
    private @Nullable PreparedStatement statement;
    private boolean attention;

    Session(TdsResponder responder, Socket socket) throws IOException {
        this.responder = responder;
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.packets = new Packets(new BufferedInputStream(socket.getInputStream()));
        this.out = new Tokens(new BufferedOutputStream(socket.getOutputStream()));
    }

    void run() throws IOException, SQLException {
        try {
            while (true) {
                Message message = packets.next();
                switch (message.type()) {
                    case Packets.PRELOGIN -> prelogin();
                    case Packets.LOGIN -> login(message.body());
                    case Packets.ATTENTION -> attention();
                    case Packets.SQL_BATCH -> answer(() -> batch(message.body()));
                    case Packets.RPC -> answer(() -> procedure(message.body()));
                    default -> throw new IOException("a packet of type " + message.type());
                }
            }
        } finally {
            answering.shutdownNow();
            Connection open = backend;
            if (open != null) {
                open.close();
            }
        }
    }

    private interface Work {
        void run() throws IOException, SQLException;
    }

    private void answer(Work work) {
        answering.execute(() -> {
            synchronized (lock) {
                worker = Thread.currentThread();
            }
            try {
                work.run();
            } catch (IOException | SQLException gone) {
                close();
            } finally {
                synchronized (lock) {
                    worker = null;
                    statement = null;
                }
            }
        });
    }

    private void close() {
        try {
            socket.close();
        } catch (IOException closed) {
            // There is nothing left to close.
        }
    }

    /** An answer under way ends with the acknowledgement; otherwise it is all there is to say. */
    private void attention() throws IOException, SQLException {
        synchronized (lock) {
            responder.attentions.incrementAndGet();
            Thread busy = worker;
            if (busy == null) {
                out.done(Tokens.DONE, Tokens.ATTENTION_BIT, 0).end();
                return;
            }
            attention = true;
            if (statement != null) {
                statement.cancel();
            }
            busy.interrupt();
        }
    }

    private void prelogin() throws IOException {
        out.int8(0)
                .bytes(new byte[] {0, 11, 0, 6})
                .int8(1)
                .bytes(new byte[] {0, 17, 0, 1})
                .int8(0xff);
        out.bytes(new byte[] {16, 0, 4, 0, 0, 0})
                .int8(responder.isStrict() ? 1 : 2)
                .end();
    }

    private void login(ByteBuffer body) throws IOException, SQLException {
        String user = text(body, 40);
        String password = password(body);
        if (!responder.password().equals(password)) {
            out.error(18456, 14, "Login failed for user '" + user + "'.")
                    .done(Tokens.DONE, Tokens.ERROR_BIT, 0)
                    .end();
            return;
        }
        backend = responder.connect();
        out.environment(1, "master", "master");
        out.int8(0xE3)
                .int16(8)
                .int8(7)
                .int8(5)
                .bytes(new byte[] {9, 4, (byte) 0xD0, 0, 0x34})
                .int8(0);
        String program = "Microsoft SQL Server";
        out.int8(0xAD)
                .int16(1 + 4 + 1 + 2 * program.length() + 4)
                .int8(1)
                .bytes(new byte[] {0x74, 0, 0, 4})
                .shortText(program)
                .bytes(new byte[] {16, 0, 4, 0});
        out.environment(4, "4096", "4096").done(Tokens.DONE, 0, 0).end();
    }

    private static String text(ByteBuffer body, int at) {
        return new String(field(body, at), StandardCharsets.UTF_16LE);
    }

    private static byte[] field(ByteBuffer body, int at) {
        int offset = body.getShort(at) & 0xffff;
        byte[] bytes = new byte[2 * (body.getShort(at + 2) & 0xffff)];
        body.get(offset, bytes);
        return bytes;
    }

    /** Each byte had its halves exchanged and was XORed with 0xA5 ([MS-TDS] 2.2.6.4). */
    private static String password(ByteBuffer body) {
        byte[] hidden = field(body, 44);
        for (int i = 0; i < hidden.length; i++) {
            int plain = (hidden[i] & 0xff) ^ 0xA5;
            hidden[i] = (byte) (plain << 4 | plain >>> 4);
        }
        return new String(hidden, StandardCharsets.UTF_16LE);
    }

    private void batch(ByteBuffer body) throws IOException, SQLException {
        body.position(body.getInt(0));
        String sql = StandardCharsets.UTF_16LE.decode(body).toString();
        execute(sql, List.of(), false, null);
        out.end();
    }

    private void procedure(ByteBuffer body) throws IOException, SQLException {
        body.position(body.getInt(0));
        int length = body.getShort() & 0xffff;
        if (length != 0xffff) {
            throw new IOException("a procedure by its name");
        }
        int id = body.getShort();
        body.getShort();
        Parameters parameters = new Parameters(body);
        List<@Nullable Object> values = new ArrayList<>();
        while (parameters.more()) {
            values.add(parameters.next());
        }
        switch (id) {
            case SP_EXECUTESQL ->
                execute(sql(values, 0), values.subList(Math.min(2, values.size()), values.size()), true, null);
            case SP_PREPEXEC -> {
                int handle = prepared.size() + 1;
                prepared.put(handle, sql(values, 2));
                execute(sql(values, 2), values.subList(3, values.size()), true, handle);
            }
            case SP_EXECUTE -> {
                String known = prepared.getOrDefault((Integer) values.getFirst(), "");
                execute(known, values.subList(1, values.size()), true, null);
            }
            case SP_UNPREPARE -> out.returnStatus(0).done(Tokens.DONE_PROC, 0, 0);
            default -> throw new IOException("procedure " + id);
        }
        out.end();
    }

    private static String sql(List<@Nullable Object> values, int index) {
        return String.valueOf(values.get(index));
    }

    private void execute(String sql, List<@Nullable Object> values, boolean procedure, @Nullable Integer handle)
            throws IOException, SQLException {
        responder.heard(sql);
        Connection connection = backend;
        if (connection == null) {
            throw new IOException("a statement before the login");
        }
        String told = sql.strip().toLowerCase(Locale.ROOT);
        if (told.isEmpty() || told.startsWith("set ") || told.startsWith("if @@trancount")) {
            out.done(procedure ? Tokens.DONE_PROC : Tokens.DONE, 0, 0);
            return;
        }
        try (PreparedStatement query = connection.prepareStatement(responder.translated(sql))) {
            synchronized (lock) {
                statement = query;
            }
            for (int i = 0; i < values.size(); i++) {
                query.setObject(i + 1, values.get(i));
            }
            long count = 0;
            try (ResultSet rows = query.executeQuery()) {
                Rows written = new Rows(rows, out);
                written.shape();
                while (!interrupted() && rows.next()) {
                    written.row();
                    count++;
                }
            }
            end(procedure, count, handle);
        } catch (SQLException refused) {
            failed(refused, procedure);
        }
    }

    private boolean interrupted() {
        synchronized (lock) {
            return attention;
        }
    }

    private boolean acknowledged() throws IOException {
        synchronized (lock) {
            if (!attention) {
                return false;
            }
            attention = false;
            // The worker was interrupted; what it does next must not be.
            boolean ignored = Thread.interrupted();
            worker = null;
        }
        // What was begun ends; the acknowledgement is a message of its own.
        out.done(Tokens.DONE, Tokens.ERROR_BIT, 0).end();
        out.done(Tokens.DONE, Tokens.ATTENTION_BIT, 0);
        return true;
    }

    private void end(boolean procedure, long count, @Nullable Integer handle) throws IOException {
        if (acknowledged()) {
            return;
        }
        if (!procedure) {
            out.done(Tokens.DONE, Tokens.COUNT_BIT, count);
            return;
        }
        out.done(Tokens.DONE_IN_PROC, Tokens.COUNT_BIT | Tokens.MORE_BIT, count).returnStatus(0);
        if (handle != null) {
            out.handle(handle);
        }
        out.done(Tokens.DONE_PROC, 0, 0);
    }

    private void failed(SQLException refused, boolean procedure) throws IOException {
        if (acknowledged()) {
            return;
        }
        int number = TdsResponder.number(refused);
        out.error(number, 16, String.valueOf(refused.getMessage()));
        if (procedure) {
            out.returnStatus(1).done(Tokens.DONE_PROC, Tokens.ERROR_BIT, 0);
        } else {
            out.done(Tokens.DONE, Tokens.ERROR_BIT, 0);
        }
    }
}
