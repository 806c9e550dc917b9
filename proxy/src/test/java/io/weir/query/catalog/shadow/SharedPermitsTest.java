package io.weir.query.catalog.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.identity.PersonId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedPermitsTest {
    private static final PersonId ADA = new PersonId("ada");
    private static final PersonId BEN = new PersonId("ben");
    private static final PersonId CORA = new PersonId("cora");
    private static final Duration LONG = Duration.ofSeconds(50);

    private final List<String> served = Collections.synchronizedList(new ArrayList<>());

    /** A thread that has asked and waits. */
    private Thread waiter(SharedPermits permits, PersonId person) throws InterruptedException {
        int before = permits.waiting();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                if (permits.tryAcquire(person, LONG)) {
                    served.add(person.value());
                }
            } catch (InterruptedException e) {
                served.add(person.value() + " interrupted");
            }
        });
        while (permits.waiting() == before) {
            Thread.sleep(1);
        }
        return thread;
    }

    @Test
    void nobodyHoldsMoreThanAShareAlsoWhenMoreAreFree() {
        SharedPermits permits = new SharedPermits(3, 2);
        assertThat(permits.tryAcquire(ADA)).isTrue();
        assertThat(permits.tryAcquire(ADA)).isTrue();
        assertThat(permits.tryAcquire(ADA)).isFalse();
        assertThat(permits.tryAcquire(BEN)).isTrue();
        assertThat(permits.tryAcquire(BEN)).isFalse();
        permits.release(ADA);
        assertThat(permits.heldBy(ADA)).isEqualTo(1);
        assertThat(permits.tryAcquire(BEN)).isTrue();
    }

    @Test
    void whoComesAnewIsNotBehindTheManyOfOnePerson() throws Exception {
        SharedPermits permits = new SharedPermits(2, 2);
        assertThat(permits.tryAcquire(ADA) && permits.tryAcquire(ADA)).isTrue();
        Thread second = waiter(permits, ADA);
        Thread third = waiter(permits, ADA);
        Thread ben = waiter(permits, BEN);
        Thread cora = waiter(permits, CORA);
        permits.release(ADA);
        ben.join();
        assertThat(served).containsExactly("ben");
        permits.release(ADA);
        cora.join();
        assertThat(served).containsExactly("ben", "cora");
        permits.release(BEN);
        permits.release(CORA);
        second.join();
        third.join();
        assertThat(served).containsExactly("ben", "cora", "ada", "ada");
        assertThat(permits.free()).isZero();
    }

    @Test
    void whoIsAtTheShareWaitsForAnOwnOne() throws Exception {
        SharedPermits permits = new SharedPermits(2, 1);
        assertThat(permits.tryAcquire(ADA)).isTrue();
        Thread second = waiter(permits, ADA);
        assertThat(permits.tryAcquire(BEN, LONG)).isTrue();
        permits.release(BEN);
        assertThat(permits.waiting()).isEqualTo(1);
        assertThat(permits.free()).isEqualTo(1);
        permits.release(ADA);
        second.join();
        assertThat(served).containsExactly("ada");
    }

    @Test
    void whoGivesUpOrIsInterruptedTakesNothing() throws Exception {
        SharedPermits permits = new SharedPermits(1, 1);
        assertThat(permits.tryAcquire(ADA)).isTrue();
        assertThat(permits.tryAcquire(BEN, Duration.ofMillis(1))).isFalse();
        Thread cora = waiter(permits, CORA);
        cora.interrupt();
        cora.join();
        assertThat(served).containsExactly("cora interrupted");
        assertThat(permits.waiting()).isZero();
        permits.release(ADA);
        assertThat(permits.free()).isEqualTo(1);
    }
}
