package io.weir.pseudonym;

/** Wraps project masters. Thread-safe; may block (a file, a token, a service). */
public interface KeyEncryptionKey {
    /** Encrypts a master for storage; {@code context} (the project and epoch) is authenticated with it. */
    byte[] wrap(PseudonymKey master, String context);

    /**
     * The master again.
     *
     * @throws KeyUnavailableException when it was wrapped by another key or for another context, or was changed
     */
    PseudonymKey unwrap(byte[] wrapped, String context);
}
