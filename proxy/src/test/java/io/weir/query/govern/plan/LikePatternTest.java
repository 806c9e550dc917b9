package io.weir.query.govern.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "abc; abc; true",
                "abc; ab; false",
                "abc; a%; true",
                "abc; %c; true",
                "abc; %b%; true",
                "abc; a_c; true",
                "abc; __; false",
                "abc; %%%; true",
                "''; %; true",
                "''; _; false",
                "''; ''; true",
                "abcabd; %ab_; true",
                "abcabc; %ab; false",
                "100%; 100\\%; true",
                "100x; 100\\%; false",
                "a_b; a\\_b; true",
                "a\\b; a\\\\b; true",
                "𝄞x; _x; true",
                "𝄞; __; false"
            })
    void matchesAsInPostgres(String text, String pattern, boolean expected) {
        assertThat(LikePattern.of(pattern).matches(text)).isEqualTo(expected);
    }

    @Test
    void agreesWithARegularExpression() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            String text = word(random, "ab\n", 9);
            String pattern = word(random, "ab%_", 7);
            boolean expected = Pattern.compile(pattern.replace("%", ".*").replace("_", "."), Pattern.DOTALL)
                    .matcher(text)
                    .matches();
            assertThat(LikePattern.of(pattern).matches(text))
                    .as(text + " LIKE " + pattern)
                    .isEqualTo(expected);
        }
    }

    @Tag("S31")
    @Test
    void noPatternTakesLong() {
        long start = System.nanoTime();
        assertThat(LikePattern.of("%a".repeat(200) + "%b").matches("a".repeat(20_000)))
                .isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static String word(SplittableRandom random, String letters, int longest) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }
}
