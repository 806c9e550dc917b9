package io.weir.cli;

import io.weir.identity.PersonId;
import io.weir.identity.ScramSecret;
import java.io.IOException;
import java.nio.file.Path;

/** Puts a verifier into a control store, with its audit record. Blocks. */
public interface SecretWriter {
    /** Which control store. */
    sealed interface Target {
        /** @param url JDBC URL with what is needed to log in; prints without it */
        record Dsn(String url) implements Target {
            @Override
            public String toString() {
                return "Dsn[***]";
            }
        }

        /** @param file the installation's configuration */
        record Config(Path file) implements Target {}
    }

    /**
     * Sets or replaces the verifier.
     *
     * @throws IOException when the configuration or a secret cannot be read; the message holds no secret
     * @throws io.weir.problem.ProblemException when the store does not answer
     * @throws io.weir.audit.AuditUnavailableException when the change cannot be recorded
     */
    void write(Target target, PersonId person, ScramSecret secret) throws IOException;
}
