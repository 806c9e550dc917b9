package io.weir.query.session;

import io.weir.identity.Asker;
import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.identity.Role;
import io.weir.identity.ScramSecret;
import io.weir.identity.ScramSecrets;
import io.weir.policy.Admission;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Accounts in memory; every account is a member of project {@code demo}. */
final class TestAccounts implements ScramSecrets, Admission {
    static final int ITERATIONS = 4096;
    private final Map<PersonId, ScramSecret> secrets = new ConcurrentHashMap<>();
    final AtomicInteger lookups = new AtomicInteger();

    /** Everybody was removed from the project meanwhile. */
    volatile boolean withdrawn;

    TestAccounts with(String user, String password) {
        secrets.put(new PersonId(user), secret(password, user.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    @Override
    public Optional<ScramSecret> find(PersonId person) {
        lookups.incrementAndGet();
        return Optional.ofNullable(secrets.get(person));
    }

    @Override
    public Outcome<Asker> admit(PersonId person, String database, String session) {
        if (!database.equals("demo")) {
            return Outcome.refused(Problem.of(ProblemCode.NOT_A_MEMBER));
        }
        return Outcome.of(new Asker(
                person, new ProjectId("demo"), "dsa-1", "university", "research", Set.of(Role.ANALYST), session));
    }

    @Override
    public Outcome<Asker> renew(Asker asker) {
        return withdrawn ? Outcome.refused(Problem.of(ProblemCode.NOT_A_MEMBER)) : Outcome.of(asker);
    }

    void without(String user) {
        secrets.remove(new PersonId(user));
    }

    static ScramSecret secret(String password, byte[] salt) {
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 256))
                    .getEncoded();
            byte[] clientKey = hmac(salted, "Client Key");
            return new ScramSecret(
                    ITERATIONS,
                    salt,
                    MessageDigest.getInstance("SHA-256").digest(clientKey),
                    hmac(salted, "Server Key"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
