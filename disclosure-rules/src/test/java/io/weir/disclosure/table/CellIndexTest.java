package io.weir.disclosure.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellIndexTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 1000, 4096})
    void isAMapThatGrows(int expected) {
        Random random = new Random(expected);
        CellIndex index = new CellIndex(expected);
        Map<Long, Integer> map = new LinkedHashMap<>();
        for (int i = 0; i < 4000; i++) {
            // Regular cells, as tables have, and any.
            long cell = i % 2 == 0 ? 1_000_003L * random.nextInt(3000) : random.nextLong();
            int value = random.nextInt(1000);
            map.putIfAbsent(cell, value);
            assertThat(index.putIfAbsent(cell, value)).isEqualTo(map.get(cell));
        }
        assertThat(index.size()).isEqualTo(map.size());
        assertThat(index.cells()).containsExactly(map.keySet().toArray(Long[]::new));
        map.forEach((cell, value) -> assertThat(index.get(cell)).isEqualTo(value));
        assertThat(index.get(-77)).isEqualTo(-1);
    }
}
