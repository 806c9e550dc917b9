package io.weir.query.session;

import io.weir.query.wire.MessageOutput;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that speaks in frames and may misbehave. Blocking, with a time-out of ten seconds. */
public final class WireClient implements AutoCloseable {
    /** One backend message. */
    public record Message(char tag, byte[] body) {
        /** Field of an ErrorResponse, or "". */
        public String field(char code) {
            String text = new String(body, StandardCharsets.UTF_8);
            for (String field : text.split("\0", -1)) {
                if (!field.isEmpty() && field.charAt(0) == code) {
                    return field.substring(1);
                }
            }
            return "";
        }

        String text(int from) {
            return new String(body, from, body.length - from, StandardCharsets.UTF_8);
        }
    }

    public static final int VERSION_3_0 = 3 << 16;
    public static final int SSL_REQUEST = 80877103;
    public static final int GSS_REQUEST = 80877104;

    private Socket socket;
    private DataInputStream in;

    public WireClient(int port) throws IOException {
        socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
    }

    /** TLS by SSLRequest. */
    public static WireClient overTls(int port) throws IOException {
        WireClient client = new WireClient(port);
        client.send(request(SSL_REQUEST));
        if (client.in.readByte() != 'S') {
            throw new IOException("TLS refused");
        }
        client.startTls();
        return client;
    }

    public static byte[] request(int code) {
        return new MessageOutput(8).int32(8).int32(code).drain();
    }

    public static byte[] startup(int version, Map<String, String> parameters) {
        MessageOutput body = new MessageOutput(64).int32(version);
        parameters.forEach((name, value) -> body.string(name).string(value));
        byte[] bytes = body.int8(0).drain();
        return new MessageOutput(64).int32(bytes.length + 4).bytes(bytes).drain();
    }

    public static byte[] message(char tag, byte[] body) {
        MessageOutput out = new MessageOutput(64);
        out.begin(tag).bytes(body).end();
        return out.drain();
    }

    public static byte[] query(String sql) {
        return message('Q', (sql + "\0").getBytes(StandardCharsets.UTF_8));
    }

    void startTls(String... protocols) throws IOException {
        startTls(parameters -> {
            if (protocols.length > 0) {
                parameters.setApplicationProtocols(protocols);
            }
        });
    }

    SSLSocket startTls(Consumer<SSLParameters> wishes) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustEverybody()}, new SecureRandom());
            SSLSocket tls =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
            SSLParameters parameters = tls.getSSLParameters();
            wishes.accept(parameters);
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            socket = tls;
            in = new DataInputStream(tls.getInputStream());
            return tls;
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    /** The socket, when it is one of TLS. */
    SSLSocket tls() {
        return (SSLSocket) socket;
    }

    public void send(byte[]... messages) throws IOException {
        for (byte[] message : messages) {
            socket.getOutputStream().write(message);
        }
        socket.getOutputStream().flush();
    }

    /** How long reads wait, in milliseconds. */
    public void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    public int readByte() throws IOException {
        return in.readByte();
    }

    public Message read() throws IOException {
        char tag = (char) in.readByte();
        byte[] body = new byte[in.readInt() - 4];
        in.readFully(body);
        return new Message(tag, body);
    }

    /** The next message of this kind; others are passed over. */
    public Message read(char tag) throws IOException {
        Message message = read();
        while (message.tag() != tag) {
            message = read();
        }
        return message;
    }

    /** Whether the server closes without saying anything more than messages passed over here. */
    public boolean isClosed() throws IOException {
        rest();
        return true;
    }

    /** What the server still says before it closes. */
    public byte[] rest() throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            while (true) {
                said.write(in.readByte());
            }
        } catch (EOFException | SocketException closed) {
            return said.toByteArray();
        }
    }

    /** Whether the other side has closed by now. Reads a byte, so only for connections that expect none. */
    boolean isClosedAlready() throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (SocketException closed) {
            return true;
        }
    }

    /** Start-up and SCRAM. Returns the message that ends it: ReadyForQuery or an error. */
    public Message login(String user, String password) throws IOException {
        return login(user, "demo", password);
    }

    /** The same for a project. */
    public Message login(String user, String database, String password) throws IOException {
        send(startup(3 << 16, Map.of("user", user, "database", database)));
        read('R');
        return prove(password, message -> message);
    }

    /** Changes the client-final message. */
    interface Tamper {
        String change(String clientFinal);
    }

    Message prove(String password, Tamper tamper) throws IOException {
        return prove(password, "SCRAM-SHA-256", "n,,", new byte[0], tamper);
    }

    /** SCRAM-SHA-256-PLUS with the hash of some certificate. */
    Message proveBound(String password, byte[] binding) throws IOException {
        return prove(password, "SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,", binding, message -> message);
    }

    private Message prove(String password, String mechanism, String header, byte[] binding, Tamper tamper)
            throws IOException {
        String nonce = "fyko+d2lbbFgONRv9qkxdawL";
        send(saslInitial(mechanism, header + "n=,r=" + nonce));
        Message challenge = read();
        if (challenge.tag() == 'E') {
            return challenge;
        }
        String serverFirst = challenge.text(4);
        byte[] bound = new MessageOutput(64).text(header).bytes(binding).drain();
        String proof = clientFinal(password, nonce, serverFirst, bound);
        send(message('p', tamper.change(proof).getBytes(StandardCharsets.UTF_8)));
        Message outcome = read();
        while (outcome.tag() != 'E' && outcome.tag() != 'Z') {
            outcome = read();
        }
        return outcome;
    }

    public static byte[] saslInitial(String mechanism, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        return message(
                'p',
                new MessageOutput(64)
                        .string(mechanism)
                        .int32(bytes.length)
                        .bytes(bytes)
                        .drain());
    }

    static String clientFinal(String password, String nonce, String serverFirst) {
        return clientFinal(password, nonce, serverFirst, "n,,".getBytes(StandardCharsets.UTF_8));
    }

    private static String clientFinal(String password, String nonce, String serverFirst, byte[] bound) {
        try {
            String[] parts = serverFirst.split(",", -1);
            byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
            int iterations = Integer.parseInt(parts[2].substring(2));
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
                    .getEncoded();
            byte[] clientKey = TestAccounts.hmac(salted, "Client Key");
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            String withoutProof = "c=" + Base64.getEncoder().encodeToString(bound) + ",r=" + parts[0].substring(2);
            byte[] signature = TestAccounts.hmac(storedKey, "n=,r=" + nonce + "," + serverFirst + "," + withoutProof);
            for (int i = 0; i < clientKey.length; i++) {
                clientKey[i] ^= signature[i];
            }
            return withoutProof + ",p=" + Base64.getEncoder().encodeToString(clientKey);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static int processOf(Message backendKeyData) {
        return ByteBuffer.wrap(backendKeyData.body()).getInt();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class TrustEverybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
