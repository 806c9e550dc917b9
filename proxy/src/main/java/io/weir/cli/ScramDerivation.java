package io.weir.cli;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import io.weir.identity.ScramSecret;
import java.security.SecureRandom;

/** Makes verifiers from passwords as PostgreSQL does: SASLprep where it applies, 4096 iterations, 16 random bytes of salt (RFC 7677). */
public final class ScramDerivation {
    private static final int ITERATIONS = 4096;
    private static final int SALT_BYTES = 16;

    private ScramDerivation() {}

    /** @param password not empty; is not kept, and the caller clears it */
    public static ScramSecret derive(char[] password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return derive(password, salt, ITERATIONS);
    }

    static ScramSecret derive(char[] password, byte[] salt, int iterations) {
        ScramMechanism mechanism = ScramMechanism.SCRAM_SHA_256;
        byte[] salted = ScramFunctions.saltedPassword(
                mechanism, StringPreparation.POSTGRESQL_PREPARATION, password, salt, iterations);
        byte[] clientKey = ScramFunctions.clientKey(mechanism, salted);
        return new ScramSecret(
                iterations,
                salt,
                ScramFunctions.storedKey(mechanism, clientKey),
                ScramFunctions.serverKey(mechanism, salted));
    }
}
