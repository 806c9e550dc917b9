package io.weir.query.session.authentication;

import io.weir.identity.ScramSecret;
import io.weir.query.wire.ProtocolViolationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * One SCRAM exchange, the server's side. Call {@link #begin} once, then {@link #finish} once; a violation ends the exchange.
 *
 * <pre>
 * client-first:  gs2-header ("n,," | "y,," | "p=tls-server-end-point,,") "n=" user ",r=" nonce
 * server-first:  "r=" nonce server-nonce ",s=" salt ",i=" iterations
 * client-final:  "c=" base64(gs2-header binding-data) ",r=" nonce server-nonce ",p=" proof
 * server-final:  "v=" signature
 * </pre>
 *
 * The user name inside is ignored, as PostgreSQL does: the start-up message named the user.
 */
public final class ScramExchange {
    public static final String PLAIN = "SCRAM-SHA-256";
    public static final String PLUS = "SCRAM-SHA-256-PLUS";

    private static final int NONCE_BYTES = 18;
    private static final int MAX_NONCE = 1024;
    private static final String ENDPOINT = "p=tls-server-end-point,,";

    /** Whether the proof holds. */
    public sealed interface Result {
        /** @param serverFinal proves to the client that the server knows the verifier */
        record Proved(String serverFinal) implements Result {}

        record NotProved() implements Result {}
    }

    private final ScramSecret secret;
    private final byte[] endpoint;
    private final SecureRandom random;
    private String header = "";
    private String clientFirstBare = "";
    private String serverFirst = "";
    private String nonce = "";

    /** @param endpoint hash of the server's certificate (RFC 5929 section 4) */
    public ScramExchange(ScramSecret secret, byte[] endpoint, SecureRandom random) {
        this.secret = secret;
        this.endpoint = endpoint.clone();
        this.random = random;
    }

    /** What the server offers over TLS, strongest first. */
    public static List<String> mechanisms() {
        return List.of(PLUS, PLAIN);
    }

    /** Takes the client's first message and gives the server's. */
    public String begin(String mechanism, byte[] clientFirst) {
        String message = printable(clientFirst);
        boolean plus = mechanism.equals(PLUS);
        if (!plus && !mechanism.equals(PLAIN)) {
            throw new ProtocolViolationException("client selected an invalid SASL authentication mechanism");
        }
        if (!plus && message.startsWith("y,")) {
            // The client would bind but believes we cannot: somebody took PLUS off our list (RFC 5802 section 6).
            throw new ProtocolViolationException("SCRAM channel binding negotiation error");
        }
        header = plus ? ENDPOINT : "n,,";
        if (!message.startsWith(header)) {
            throw new ProtocolViolationException("malformed SCRAM message: channel binding");
        }
        clientFirstBare = message.substring(header.length());
        String[] attributes = clientFirstBare.split(",", -1);
        if (attributes.length < 2 || !attributes[0].startsWith("n=") || !attributes[1].startsWith("r=")) {
            throw new ProtocolViolationException("malformed SCRAM message: user name and nonce expected");
        }
        String clientNonce = attributes[1].substring(2);
        if (clientNonce.isEmpty() || clientNonce.length() > MAX_NONCE) {
            throw new ProtocolViolationException("malformed SCRAM message: nonce length");
        }
        byte[] own = new byte[NONCE_BYTES];
        random.nextBytes(own);
        Base64.Encoder base64 = Base64.getEncoder();
        nonce = clientNonce + base64.encodeToString(own);
        serverFirst = "r=" + nonce + ",s=" + base64.encodeToString(secret.salt()) + ",i=" + secret.iterations();
        return serverFirst;
    }

    /** Takes the client's proof. */
    public Result finish(byte[] clientFinal) {
        if (serverFirst.isEmpty()) {
            throw new ProtocolViolationException("SCRAM exchange has not begun");
        }
        String message = printable(clientFinal);
        String expected = "c=" + binding() + ",r=" + nonce;
        int proofAt = message.lastIndexOf(",p=");
        if (proofAt < 0 || !message.startsWith("c=")) {
            throw new ProtocolViolationException("malformed SCRAM message: channel binding, nonce and proof expected");
        }
        String withoutProof = message.substring(0, proofAt);
        if (!MessageDigest.isEqual(utf8(withoutProof), utf8(expected))) {
            return new Result.NotProved();
        }
        byte[] proof = decode(message.substring(proofAt + 3));
        String authMessage = clientFirstBare + "," + serverFirst + "," + withoutProof;
        byte[] signature = ScramCryptography.hmac(secret.storedKey(), authMessage);
        serverFirst = "";
        if (proof.length != signature.length) {
            throw new ProtocolViolationException("malformed SCRAM message: proof length");
        }
        byte[] clientKey = new byte[proof.length];
        for (int i = 0; i < proof.length; i++) {
            clientKey[i] = (byte) (proof[i] ^ signature[i]);
        }
        if (!MessageDigest.isEqual(ScramCryptography.sha256(clientKey), secret.storedKey())) {
            return new Result.NotProved();
        }
        byte[] serverSignature = ScramCryptography.hmac(secret.serverKey(), authMessage);
        return new Result.Proved("v=" + Base64.getEncoder().encodeToString(serverSignature));
    }

    private String binding() {
        byte[] headerBytes = utf8(header);
        byte[] whole = headerBytes;
        if (header.equals(ENDPOINT)) {
            whole = new byte[headerBytes.length + endpoint.length];
            System.arraycopy(headerBytes, 0, whole, 0, headerBytes.length);
            System.arraycopy(endpoint, 0, whole, headerBytes.length, endpoint.length);
        }
        return Base64.getEncoder().encodeToString(whole);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Printable characters and UTF-8 user names only; NUL and control characters have no place in any attribute. */
    private static String printable(byte[] bytes) {
        for (byte b : bytes) {
            if ((b >= 0 && b < 0x20) || b == 0x7f) {
                throw new ProtocolViolationException("malformed SCRAM message: control character");
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new ProtocolViolationException("malformed SCRAM message: proof");
        }
    }
}
