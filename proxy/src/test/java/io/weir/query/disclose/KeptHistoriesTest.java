package io.weir.query.disclose;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.history.Figure;
import io.weir.disclosure.history.Fingerprint;
import io.weir.disclosure.history.Selection.Condition;
import io.weir.disclosure.history.Selection.Nature;
import io.weir.query.disclose.PublishedAnswers.Published;
import io.weir.query.disclose.TableFigures.Measure;
import io.weir.query.disclose.TableFigures.Prints;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who sees what: an answer under a threshold is compared with those under the same and higher ones, at the lowest of them. */
class KeptHistoriesTest {
    private static final int TEN = 10;
    private static final int TWENTY = 20;

    private final KeptHistories kept = new KeptHistories();

    /** So many people, each in a bucket of their own. */
    private static Fingerprint people(int number) {
        Fingerprint.Builder print = new Fingerprint.Builder();
        for (int p = 0; p < number; p++) {
            print.add(p, BigDecimal.ONE, 0);
        }
        return print.build();
    }

    private static TableFigures table(String condition) {
        return new TableFigures(
                "people",
                Set.of(new Condition(condition, Set.of(condition), Nature.OTHER)),
                List.of(),
                List.of(new Measure("count", "units", Set.of(), Set.of())),
                Set.of(),
                Set.of());
    }

    private static Published shown(String question, int people, int threshold) {
        Prints cell = new Prints(Set.of(), List.of(), Collections.singletonList(people(people)));
        String text = FiguresText.write(table(question), List.of(cell), threshold);
        return new Published(question, () -> text);
    }

    private boolean isNear(List<Published> earlier, int threshold, int people) {
        Prints cell = new Prints(Set.of(), List.of(), Collections.singletonList(people(people)));
        Figure figure = table("new").all(List.of(cell)).getFirst().getFirst();
        return kept.of(Set.of("data")).beside(earlier, threshold, history -> history.isNear(figure));
    }

    @Test
    void whoSeesFiguresOfTenIsToldOfTen() {
        List<Published> earlier = List.of(shown("interactive", 60, TEN));
        assertThat(isNear(earlier, TWENTY, 51)).as("9 people").isTrue();
        assertThat(isNear(earlier, TWENTY, 50)).as("10 people").isFalse();
        assertThat(isNear(earlier, TEN, 50)).isFalse();
    }

    @Test
    void whoSeesFiguresOfTwentyAloneIsNotToldOfTen() {
        List<Published> earlier = List.of(shown("interactive", 90, TEN), shown("released", 60, TWENTY));
        assertThat(isNear(earlier, TWENTY, 41)).as("19 people").isTrue();
        assertThat(isNear(earlier, TWENTY, 40)).as("20 people").isFalse();
        assertThat(isNear(earlier, TEN, 41)).as("this one only the others see").isFalse();
        assertThat(isNear(earlier, TEN, 51)).isTrue();
        assertThat(isNear(earlier, TWENTY, 83))
                .as("7 people from the interactive one")
                .isTrue();
    }

    @Test
    void figuresOfUnknownThresholdAreSeenByAll() {
        String old = FiguresText.write(
                        table("old"),
                        List.of(new Prints(Set.of(), List.of(), Collections.singletonList(people(60)))),
                        TEN)
                .replace("\"threshold\":10,", "");
        List<Published> earlier = List.of(new Published("old", () -> old));
        assertThat(isNear(earlier, TWENTY, 41)).isTrue();
        assertThat(isNear(earlier, TEN, 51)).isTrue();
    }

    @Test
    void aLevelThatComesLaterHasWhatWasShownBefore() {
        List<Published> earlier = List.of(shown("released", 60, TWENTY));
        assertThat(isNear(earlier, TWENTY, 50)).isTrue();
        assertThat(isNear(earlier, TEN, 50)).isFalse();
        assertThat(isNear(earlier, TEN, 51)).isTrue();
        assertThat(isNear(List.of(), TEN, 51)).as("an emptied store").isFalse();
    }
}
