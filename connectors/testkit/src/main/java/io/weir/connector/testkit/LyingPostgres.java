package io.weir.connector.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server that speaks just enough of PostgreSQL's protocol 3.0 to be connected to, and lies where a script says so. Loopback; one
 * virtual thread a connection. The steps of {@link Talk} are honest ones.
 */
public final class LyingPostgres implements AutoCloseable {
    public static final int SSL_REQUEST = 80877103;
    public static final int CANCEL_REQUEST = 80877102;

    /** What happens on one connection. When it returns, or throws because the client has gone, the connection is closed. */
    @FunctionalInterface
    public interface Script {
        void on(Talk talk) throws IOException;
    }

    private final ServerSocket listener;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private volatile Script script;

    public LyingPostgres(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** For connections from now on. */
    public void script(Script other) {
        script = other;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Connections so far. */
    public int connections() {
        return connections.get();
    }

    /** Connections that are over. */
    public int ended() {
        return ended.get();
    }

    /** Texts that honest steps were asked to run. */
    public List<String> statements() {
        return statements;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> talk(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            script.on(new Talk(socket));
        } catch (IOException gone) {
            // The client has closed.
        } finally {
            ended.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** One message of the client. */
    public record Message(char tag, byte[] body) {
        /** The zero-terminated text at an offset. */
        public String text(int from) {
            int end = from;
            while (body[end] != 0) {
                end++;
            }
            return new String(body, from, end - from, StandardCharsets.UTF_8);
        }
    }

    /** The server's side of one connection. */
    public final class Talk {
        private Socket socket;
        private DataInputStream in;
        private String parameters = "";
        private String clientFirstBare = "";
        private String running = "";
        private char status = 'I';

        private Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
        }

        /** Reads a message without a tag and gives its code: a request, or the version of a start-up message. */
        public int request() throws IOException {
            int length = in.readInt();
            int code = in.readInt();
            byte[] rest = new byte[length - 8];
            in.readFully(rest);
            parameters = new String(rest, StandardCharsets.UTF_8);
            return code;
        }

        /** Names and values of the start-up message, with a NUL behind each. */
        public String parameters() {
            return parameters;
        }

        /** Answers a request for encryption with no, if there is one, and reads the start-up message. */
        public void startup() throws IOException {
            int code = request();
            if (code == SSL_REQUEST) {
                raw("N".getBytes(StandardCharsets.US_ASCII));
                code = request();
            }
            if (code == CANCEL_REQUEST) {
                throw new EOFException("a request to cancel");
            }
        }

        /** Agrees to a request for encryption and reads the start-up message inside TLS. */
        public void startupOverTls(TestCertificate certificate) throws IOException {
            if (request() != SSL_REQUEST) {
                throw new IOException("no request for encryption");
            }
            raw("S".getBytes(StandardCharsets.US_ASCII));
            startTls(certificate);
            request();
        }

        /** The server's side of a handshake. */
        public void startTls(TestCertificate certificate) throws IOException {
            try {
                KeyStore keys = KeyStore.getInstance(
                        certificate.keyStore().toFile(), certificate.password().toCharArray());
                KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
                managers.init(keys, certificate.password().toCharArray());
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(managers.getKeyManagers(), null, null);
                SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
                tls.startHandshake();
                socket = tls;
                in = new DataInputStream(tls.getInputStream());
            } catch (GeneralSecurityException broken) {
                throw new IOException(broken);
            }
        }

        /** Asks for another way to log in than SCRAM, by its number; 0 asks for none. */
        public void askFor(int method) throws IOException {
            if (method == 0) {
                welcome();
            } else {
                message('R', bytes(int32(method), method == 5 ? new byte[4] : new byte[0]));
            }
        }

        /** Writes down whatever the client says, until it leaves. */
        public void listen(StringBuilder heard) throws IOException {
            while (true) {
                Message message = read();
                heard.append(message.tag()).append(new String(message.body(), StandardCharsets.UTF_8));
            }
        }

        public Message read() throws IOException {
            char tag = (char) in.readByte();
            byte[] body = new byte[in.readInt() - 4];
            in.readFully(body);
            return new Message(tag, body);
        }

        /** Waits for ever, or until the client closes. */
        public void silence() throws IOException {
            while (in.read() >= 0) {
                // What the client says changes nothing.
            }
        }

        public void raw(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        public void message(char tag, byte[] body) throws IOException {
            raw(framed(tag, body.length + 4, body));
        }

        /** With a length that may be a lie. */
        public void message(char tag, int length, byte[] body) throws IOException {
            raw(framed(tag, length, body));
        }

        /** Asks for SCRAM-SHA-256 and reads the client's first message; gives its nonce. */
        public String askForScram() throws IOException {
            message('R', bytes(int32(10), text("SCRAM-SHA-256"), new byte[1]));
            String first = new String(read().body(), StandardCharsets.UTF_8);
            clientFirstBare = first.substring(first.indexOf("n=", first.indexOf(",,")));
            // The nonce is the last attribute; it may hold "r=" itself, but no comma.
            return first.substring(first.lastIndexOf(",r=") + 3);
        }

        /** The server's second message of SCRAM, whatever it says; reads the client's proof. */
        public String challenge(String serverFirst) throws IOException {
            message('R', bytes(int32(11), serverFirst.getBytes(StandardCharsets.UTF_8)));
            return new String(read().body(), StandardCharsets.UTF_8);
        }

        /** SCRAM as it should be, without looking at the proof: the server knows the password and shows so. */
        public void authenticate(String password) throws IOException {
            String clientNonce = askForScram();
            String nonce = clientNonce + "server";
            byte[] salt = "salt of the test".getBytes(StandardCharsets.US_ASCII);
            String serverFirst = "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(salt) + ",i=4096";
            String proof = challenge(serverFirst);
            String auth = clientFirstBare + "," + serverFirst + "," + proof.substring(0, proof.lastIndexOf(",p="));
            message(
                    'R',
                    bytes(int32(12), ("v=" + signature(password, salt, auth)).getBytes(StandardCharsets.US_ASCII)));
            welcome();
        }

        /** AuthenticationOk and what follows it. */
        public void welcome() throws IOException {
            message('R', int32(0));
            for (String parameter : List.of(
                    "server_version=16.4",
                    "server_encoding=UTF8",
                    "client_encoding=UTF8",
                    "DateStyle=ISO, MDY",
                    "TimeZone=UTC",
                    "integer_datetimes=on",
                    "standard_conforming_strings=on")) {
                message(
                        'S',
                        bytes(text(parameter.replaceFirst("=.*", "")), text(parameter.replaceFirst("[^=]*=", ""))));
            }
            message('K', bytes(int32(4711), int32(1)));
            message('Z', new byte[] {'I'});
        }

        /** Serves statements until the client leaves; those that begin with SELECT are the script's to answer. */
        public void serve(Script select) throws IOException {
            while (true) {
                Message message = read();
                switch (message.tag()) {
                    case 'P' -> {
                        running = message.text(message.text(0).length() + 1);
                        statements.add(running);
                        message('1', new byte[0]);
                    }
                    case 'B' -> message('2', new byte[0]);
                    case 'C' -> message('3', new byte[0]);
                    case 'D' -> {
                        if (!describesItself(running)) {
                            message('n', new byte[0]);
                        }
                    }
                    case 'E' -> execute(select);
                    case 'Q' -> {
                        running = message.text(0);
                        statements.add(running);
                        execute(select);
                        message('Z', new byte[] {(byte) status});
                    }
                    case 'S' -> message('Z', new byte[] {(byte) status});
                    case 'X' -> {
                        return;
                    }
                    default -> throw new IOException("unexpected message " + message.tag());
                }
            }
        }

        private void execute(Script select) throws IOException {
            if (isSelect(running)) {
                select.on(this);
                return;
            }
            if (running.isBlank()) {
                message('I', new byte[0]);
                return;
            }
            String word = running.strip().split("[ ;]", 2)[0].toUpperCase(Locale.ROOT);
            status = switch (word) {
                case "BEGIN" -> 'T';
                case "COMMIT", "ROLLBACK" -> 'I';
                default -> status;
            };
            if (word.equals("SHOW")) {
                message('T', bytes(int16(1), textField("setting")));
                message('D', bytes(int16(1), int32(14), "read committed".getBytes(StandardCharsets.US_ASCII)));
            }
            message('C', text(word));
        }

        private static boolean describesItself(String sql) {
            return isSelect(sql) || sql.strip().regionMatches(true, 0, "SHOW", 0, 4);
        }

        private static boolean isSelect(String sql) {
            return sql.strip().regionMatches(true, 0, "SELECT", 0, 6);
        }

        /** One row of one integer. */
        public void answerOne() throws IOException {
            message('T', bytes(int16(1), field("one")));
            message('D', bytes(int16(1), int32(1), "1".getBytes(StandardCharsets.US_ASCII)));
            message('C', text("SELECT 1"));
        }
    }

    private static String signature(String password, byte[] salt, String auth) throws IOException {
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 4096, 256))
                    .getEncoded();
            return Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), auth));
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A column of type int4 for RowDescription. */
    public static byte[] field(String name) {
        return bytes(text(name), int32(0), int16(0), int32(23), int16(4), int32(-1), int16(0));
    }

    private static byte[] textField(String name) {
        return bytes(text(name), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0));
    }

    private static byte[] framed(char tag, int length, byte[] body) {
        return bytes(new byte[] {(byte) tag}, int32(length), body);
    }

    public static byte[] int16(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    public static byte[] int32(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    /** Zero-terminated. */
    public static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] bytes(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
