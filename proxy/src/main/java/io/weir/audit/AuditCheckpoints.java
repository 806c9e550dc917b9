package io.weir.audit;

/** Signed commitments to the log so far; to be anchored elsewhere before something leaves. Thread-safe. */
public interface AuditCheckpoints {
    /**
     * Signs a checkpoint that covers at least every record acknowledged before this call, and waits until it is on stable storage. Not
     * interruptible.
     *
     * @return the C2SP signed note
     */
    String checkpoint() throws AuditUnavailableException;
}
