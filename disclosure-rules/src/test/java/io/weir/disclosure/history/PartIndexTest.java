package io.weir.disclosure.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartIndexTest {
    private static final int PARTS = 5;

    @Test
    void findsWhoHasANumberAlsoAfterSomeWereTakenOut() {
        Random random = new Random(3);
        PartIndex index = new PartIndex(PARTS);
        List<long[]> entries = new ArrayList<>();
        for (int step = 0; step < 4_000; step++) {
            if (!entries.isEmpty() && random.nextInt(4) == 0) {
                index.removeLast();
                entries.removeLast();
            } else {
                long[] entry = random.longs(PARTS, -20, 20).toArray();
                index.add(entry);
                entries.add(entry);
            }
            int part = random.nextInt(PARTS);
            long value = random.nextLong(-20, 20);
            Set<Integer> found = new HashSet<>();
            for (int place = index.first(part, value); place >= 0; place = index.following(part, place)) {
                assertThat(found.add(place)).isTrue();
            }
            Set<Integer> expected = new HashSet<>();
            for (int place = 0; place < entries.size(); place++) {
                if (entries.get(place)[part] == value) {
                    expected.add(place);
                }
            }
            assertThat(found).isEqualTo(expected);
        }
    }
}
