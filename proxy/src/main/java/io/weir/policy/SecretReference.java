package io.weir.policy;

/** Where a secret lies; the secret itself is never in the policy. */
public sealed interface SecretReference {
    /** Environment variable. */
    record Env(String variable) implements SecretReference {}

    /** File, relative paths from the policy directory; trailing newline ignored. */
    record File(String path) implements SecretReference {}
}
