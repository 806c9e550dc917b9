package io.weir.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeSourceTest {
    private static final SourceStatement STATEMENT =
            new SourceStatement("p", "SELECT 1", List.of(), 0, Duration.ofMillis(50));

    private final FakeSource fake =
            new FakeSource().answer("SELECT 1", new FakeSource.Table(List.of("a"), List.of(List.of(1), List.of(2))));

    @Test
    void itAnswersWhatItWasGivenAndRemembersTheQuestion() throws Exception {
        try (RowStream rows = fake.open(STATEMENT)) {
            assertThat(rows.columns()).containsExactly("a");
            assertThat(rows.next()).isTrue();
            assertThat(rows.value(0)).isEqualTo(1);
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isFalse();
            assertThat(fake.openStreams()).isEqualTo(1);
        }
        assertThat(fake.openStreams()).isZero();
        assertThat(fake.asked()).containsExactly(STATEMENT);
    }

    @Test
    void itFailsAfterSoManyRows() throws Exception {
        fake.mood(new FakeSource.Mood.FailingAfter(1, SourceException.Kind.UNAVAILABLE));
        try (RowStream rows = fake.open(STATEMENT)) {
            assertThat(rows.next()).isTrue();
            assertThatThrownBy(rows::next).isInstanceOf(SourceException.class);
        }
    }

    @Test
    void itHangsUntilTheTimeOut() {
        fake.mood(new FakeSource.Mood.Hanging());
        assertThatThrownBy(() -> fake.open(STATEMENT).close())
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.TIME_OUT));
    }
}
