package io.weir.query.session;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who may cancel what: a process number and a secret per session. Thread-safe.
 *
 * <p>Keys have 4 bytes in protocol 3.0 and 32 since 3.2. An address that guesses the key of a session wrong too often is not heard about that
 * session until {@link #forgive}. A cancel that comes after its session has ended is no guess.
 * Process numbers are never used twice, so a late cancel cannot reach somebody else.
 */
final class CancelKeys {
    private static final int MAX_WRONG = 10;

    private record Entry(byte[] key, Runnable cancel) {}

    private final SecureRandom random;
    private final AtomicInteger processes = new AtomicInteger(1_000);
    private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();

    private record Guesser(String address, int process) {}

    private final Map<Guesser, AtomicInteger> wrong = new ConcurrentHashMap<>();

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
        Entry entry = entries.get(process);
        if (entry == null) {
            return;
        }
        Guesser guesser = new Guesser(address, process);
        AtomicInteger guesses = wrong.get(guesser);
        if (guesses != null && guesses.get() >= MAX_WRONG) {
            return;
        }
        if (MessageDigest.isEqual(entry.key(), key)) {
            entry.cancel().run();
        } else {
            wrong.computeIfAbsent(guesser, fresh -> new AtomicInteger()).incrementAndGet();
        }
    }

    /** Called once a minute. */
    void forgive() {
        wrong.clear();
    }
}
