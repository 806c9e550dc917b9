package io.weir.query.catalog.shadow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM-SHA-256 without channel binding (RFC 5802, RFC 7677), for generated ASCII passwords. */
final class ScramClient {
    private static final int MINIMUM_ITERATIONS = 4_096;
    private static final int MAXIMUM_ITERATIONS = 1_000_000;

    private final String password;
    private final String nonce;
    private String authMessage = "";
    private byte[] salted = new byte[0];

    ScramClient(String password, SecureRandom random) {
        this.password = password;
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        this.nonce = Base64.getEncoder().encodeToString(bytes);
    }

    byte[] first() {
        return ("n,," + firstBare()).getBytes(StandardCharsets.US_ASCII);
    }

    private String firstBare() {
        return "n=,r=" + nonce;
    }

    byte[] last(byte[] serverFirst) throws IOException {
        String message = new String(serverFirst, StandardCharsets.US_ASCII);
        Map<String, String> fields = fields(message);
        String combined = fields.getOrDefault("r", "");
        int iterations = iterations(fields.getOrDefault("i", ""));
        if (!combined.startsWith(nonce)
                || combined.equals(nonce)
                || iterations < MINIMUM_ITERATIONS
                || iterations > MAXIMUM_ITERATIONS) {
            throw new IOException("the server's SCRAM challenge is malformed");
        }
        try {
            byte[] salt = Base64.getDecoder().decode(fields.getOrDefault("s", ""));
            salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
                    .getEncoded();
            String withoutProof = "c=biws,r=" + combined;
            authMessage = firstBare() + "," + message + "," + withoutProof;
            byte[] clientKey = hmac(salted, "Client Key");
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            byte[] proof = hmac(storedKey, authMessage);
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= clientKey[i];
            }
            return (withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof))
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the server's SCRAM challenge cannot be answered", e);
        }
    }

    private static int iterations(String text) {
        return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
    }

    void verify(byte[] serverLast) throws IOException {
        try {
            String signature =
                    fields(new String(serverLast, StandardCharsets.US_ASCII)).getOrDefault("v", "");
            byte[] expected = hmac(hmac(salted, "Server Key"), authMessage);
            if (authMessage.isEmpty()
                    || !MessageDigest.isEqual(expected, Base64.getDecoder().decode(signature))) {
                throw new IOException("the server does not know the password either");
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the server's SCRAM answer is malformed", e);
        } finally {
            Arrays.fill(salted, (byte) 0);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, String> fields(String message) {
        Map<String, String> fields = new HashMap<>();
        for (String field : message.split(",", -1)) {
            if (field.length() >= 2 && field.charAt(1) == '=') {
                fields.put(field.substring(0, 1), field.substring(2));
            }
        }
        return fields;
    }
}
