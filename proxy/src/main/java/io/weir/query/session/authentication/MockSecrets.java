package io.weir.query.session.authentication;

import io.weir.identity.ScramSecret;
import java.util.Arrays;

/**
 * Verifiers for users that do not exist, so that an unknown user and a wrong password look alike: the same name always gets the same salt
 * (PostgreSQL's auth-scram.c does so too). Immutable, any thread.
 */
public final class MockSecrets {
    private static final int SALT_BYTES = 16;
    private final byte[] key;
    private final int iterations;

    /**
     * @param key at least 32 secret bytes that survive restarts
     * @param iterations what real verifiers of this installation have
     */
    public MockSecrets(byte[] key, int iterations) {
        if (key.length < 32) {
            throw new IllegalArgumentException("the key of mock secrets has at least 32 bytes");
        }
        this.key = key.clone();
        this.iterations = iterations;
    }

    /** A verifier that no password fits. */
    public ScramSecret forUnknown(String user) {
        return new ScramSecret(
                iterations,
                Arrays.copyOf(ScramCryptography.hmac(key, "salt\0" + user), SALT_BYTES),
                ScramCryptography.hmac(key, "stored key\0" + user),
                ScramCryptography.hmac(key, "server key\0" + user));
    }

    @Override
    public String toString() {
        return "MockSecrets[***]";
    }
}
