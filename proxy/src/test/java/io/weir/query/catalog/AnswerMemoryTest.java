package io.weir.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.identity.PersonId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AnswerMemoryTest {
    private static final PersonId ADA = new PersonId("ada");
    private static final PersonId BEN = new PersonId("ben");

    @Test
    void oneHasAPartAndAllHaveTheWhole() {
        AnswerMemory memory = new AnswerMemory(100, 60);
        AnswerMemory.Room first = memory.room(ADA);
        AnswerMemory.Room second = memory.room(ADA);
        AnswerMemory.Room other = memory.room(BEN);
        assertThat(first.take(50)).isTrue();
        assertThat(second.take(11)).isFalse();
        assertThat(second.take(10)).isTrue();
        assertThat(other.take(41)).isFalse();
        assertThat(other.take(40)).isTrue();
        assertThat(memory.used()).isEqualTo(100);
        first.giveBack(20);
        assertThat(other.take(20)).isTrue();
        assertThat(second.take(1)).isFalse();
    }

    @Test
    void aClosedRoomHasGivenEverythingBackOnceAndTakesNothing() {
        AnswerMemory memory = new AnswerMemory(100, 100);
        AnswerMemory.Room kept = memory.room(ADA);
        AnswerMemory.Room room = memory.room(ADA);
        assertThat(kept.take(10) && room.take(90)).isTrue();
        room.close();
        room.close();
        room.giveBack(90);
        assertThat(room.take(1)).isFalse();
        assertThat(memory.used()).isEqualTo(10);
    }

    @Test
    void manyThreadsNeitherExceedItNorLeaveAnything() throws Exception {
        AnswerMemory memory = new AnswerMemory(1_000, 600);
        List<Future<Long>> most = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                int seed = i;
                most.add(threads.submit(() -> hammer(memory, seed)));
            }
        }
        for (Future<Long> seen : most) {
            assertThat(seen.get()).isPositive().isLessThanOrEqualTo(1_000);
        }
        assertThat(memory.used()).isZero();
    }

    private static long hammer(AnswerMemory memory, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long most = 0;
        for (int i = 0; i < 5_000; i++) {
            try (AnswerMemory.Room room = memory.room(seed % 2 == 0 ? ADA : BEN)) {
                room.take(random.nextLong(1, 400));
                room.take(random.nextLong(1, 400));
                room.giveBack(random.nextLong(1, 100));
                most = Math.max(most, memory.used());
            }
        }
        return most;
    }
}
