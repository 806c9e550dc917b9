package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CancelKeysTest {
    private final CancelKeys keys = new CancelKeys(new SecureRandom());
    private final AtomicInteger cancelled = new AtomicInteger();
    private final int process = keys.newProcess();
    private final byte[] key = keys.register(process, false, cancelled::incrementAndGet);

    private byte[] wrong() {
        byte[] other = key.clone();
        other[0] ^= 1;
        return other;
    }

    @Test
    void cancelsThatComeTooLateAreNoGuesses() {
        int ended = keys.newProcess();
        byte[] endedKey = keys.register(ended, false, () -> {});
        keys.forget(ended);
        for (int i = 0; i < 50; i++) {
            keys.cancel(ended, endedKey, "a");
        }
        keys.cancel(process, key, "a");
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void wrongKeysOfOneSessionDoNotMuteAnother() {
        int other = keys.newProcess();
        keys.register(other, false, () -> {});
        for (int i = 0; i < 50; i++) {
            keys.cancel(other, new byte[4], "a");
        }
        keys.cancel(process, key, "a");
        assertThat(cancelled).hasValue(1);
    }

    @Tag("S13")
    @Test
    void whoGuessesTooOftenIsNotHeardUntilForgiven() {
        for (int i = 0; i < 10; i++) {
            keys.cancel(process, wrong(), "a");
        }
        keys.cancel(process, key, "a");
        assertThat(cancelled).hasValue(0);
        keys.cancel(process, key, "b");
        assertThat(cancelled).hasValue(1);
        keys.forgive();
        keys.cancel(process, key, "a");
        assertThat(cancelled).hasValue(2);
    }
}
