package io.weir.recent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentlyUsedTest {
    @Test
    void whatWasNotUsedForLongestIsForgotten() {
        RecentlyUsed<String, Integer> recent = new RecentlyUsed<>(2);
        recent.put("a", 1);
        recent.put("b", 2);
        assertThat(recent.get("a")).isEqualTo(1);
        recent.put("c", 3);
        assertThat(recent.get("b")).isNull();
        assertThat(recent.get("a")).isEqualTo(1);
        assertThat(recent.get("c")).isEqualTo(3);
        assertThat(recent.computeIfAbsent("d", key -> 4)).isEqualTo(4);
        assertThat(recent.computeIfAbsent("d", key -> 5)).isEqualTo(4);
        assertThat(recent.get("a")).isNull();
    }

    @Test
    void allTogetherAreNoLargerThanIsPermitted() {
        RecentlyUsed<String, String> recent = new RecentlyUsed<>(100, 20, (key, value) -> value.length());
        for (int i = 0; i < 10; i++) {
            recent.put("k" + i, "xxxxx");
        }
        assertThat(recent.get("k5")).isNull();
        assertThat(recent.get("k6")).isNotNull();
        assertThat(recent.get("k9")).isNotNull();
        recent.put("k9", "x");
        recent.put("k10", "xxxx");
        assertThat(recent.get("k6"))
                .as("there is room after another has become smaller")
                .isNotNull();
    }

    @Test
    void whatIsTooLargeForgetsNoOther() {
        RecentlyUsed<String, String> recent = new RecentlyUsed<>(100, 20, (key, value) -> value.length());
        recent.put("a", "x");
        recent.put("b", "xxxxxx");
        assertThat(recent.get("b")).isNull();
        recent.put("a", "xxxxxx");
        assertThat(recent.get("a")).as("what was there is no longer true").isNull();
    }
}
