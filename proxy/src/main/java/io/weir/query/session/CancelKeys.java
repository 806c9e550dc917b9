package io.weir.query.session;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who may cancel what: a process number and a secret per session. Thread-safe.
 *
 * <p>Keys have 4 bytes in protocol 3.0 and 32 since 3.2. An address that guesses wrong too often is not heard until {@link #forgive}.
 * Process numbers are never used twice, so a late cancel cannot reach somebody else.
 */
final class CancelKeys {
    private static final int MAX_WRONG = 10;

    private record Entry(byte[] key, Runnable cancel) {}

    private final SecureRandom random;
    private final AtomicInteger processes = new AtomicInteger(1_000);
    private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> wrong = new ConcurrentHashMap<>();

    CancelKeys(SecureRandom random) {
        this.random = random;
    }

    int newProcess() {
        return processes.incrementAndGet();
    }

    /** @return the secret to send to the client */
    byte[] register(int process, boolean longKey, Runnable cancel) {
        byte[] key = new byte[longKey ? 32 : 4];
        random.nextBytes(key);
        entries.put(process, new Entry(key.clone(), cancel));
        return key;
    }

    void forget(int process) {
        entries.remove(process);
    }

    /** Cancels if the key fits; otherwise nothing happens, and nobody is told. */
    void cancel(int process, byte[] key, String address) {
        AtomicInteger guesses = wrong.get(address);
        if (guesses != null && guesses.get() >= MAX_WRONG) {
            return;
        }
        Entry entry = entries.get(process);
        if (entry != null && MessageDigest.isEqual(entry.key(), key)) {
            entry.cancel().run();
        } else {
            wrong.computeIfAbsent(address, fresh -> new AtomicInteger()).incrementAndGet();
        }
    }

    /** Called once a minute. */
    void forgive() {
        wrong.clear();
    }
}
