package io.weir.query.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceStatement;
import io.weir.connector.source.Transfer;
import io.weir.connector.testkit.FakeSource;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.rewrite.OutputColumn;
import io.weir.query.rewrite.OutputColumn.Purpose;
import io.weir.query.type.SqlType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PersonStreamTest {
    private static PersonStream stream(SqlType type, long most, @Nullable Object... keysAndValues) throws Exception {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            rows.add(Arrays.asList(keysAndValues[i], keysAndValues[i + 1]));
        }
        FakeSource source = new FakeSource().answer("q", new FakeSource.Table(List.of("u", "v"), rows));
        RowStream opened =
                source.open(new SourceStatement("p", "h", "q", List.of(), 10, Duration.ofSeconds(1), Transfer.ANY));
        List<OutputColumn> plan = List.of(
                new OutputColumn("u", Purpose.LINK, type, null),
                new OutputColumn("v", Purpose.CELL, SqlType.TEXT, null));
        return new PersonStream("s", opened, plan, most);
    }

    @Test
    void givesEachPersonsRowsWithoutTheirKeyAndPassesOverWhatIsNotTaken() throws Exception {
        PersonStream people = stream(SqlType.INT8, 10, 1L, "a", 1L, "b", 2L, "c", 2L, "d", 3, "e");
        assertThat(people.next()).isTrue();
        assertThat(people.rows()).containsExactly(new Object[] {null, "a"}, new Object[] {null, "b"});
        assertThat(people.next()).isTrue();
        assertThat(people.next()).isTrue();
        assertThat(people.rows()).containsExactly(new Object[][] {{null, "e"}});
        assertThat(people.next()).isFalse();
        assertThat(people.next()).isFalse();
        assertThat(people).hasToString("PersonStream[***]");
    }

    @Test
    void comparesNumbersBySizeAndTextsByCodePoints() throws Exception {
        PersonStream nine = stream(SqlType.INT8, 10, 9, "a");
        PersonStream ten = stream(SqlType.INT8, 10, 10L, "a");
        PersonStream high = stream(SqlType.TEXT, 10, "\uFFFD", "a");
        PersonStream higher = stream(SqlType.TEXT, 10, "\uD83D\uDE00", "a");
        PersonStream longer = stream(SqlType.TEXT, 10, "\uFFFDa", "a");
        List.of(nine, ten, high, higher, longer).forEach(PersonStream::next);
        assertThat(nine.compareTo(ten)).isNegative();
        assertThat(high.compareTo(higher)).isNegative();
        assertThat(high.compareTo(longer)).isNegative();
        assertThat(high.compareTo(high)).isZero();
    }

    /** In another order somebody would be passed over. */
    @Test
    void peopleInAnotherOrderAreAFailureOfTheSource() throws Exception {
        PersonStream people = stream(SqlType.TEXT, 10, "b", "x", "a", "x");
        assertThat(people.next()).isTrue();
        assertThatThrownBy(people::next)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.SOURCE_FAILED));
        assertThatThrownBy(() -> stream(SqlType.INT8, 10, null, "x").next()).isInstanceOf(ProblemException.class);
    }

    @Test
    void rowsOfOnePersonAreLimited() throws Exception {
        PersonStream people = stream(SqlType.INT8, 2, 1L, "a", 1L, "b", 1L, "c");
        assertThat(people.next()).isTrue();
        assertThatThrownBy(people::rows)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.RESULT_TOO_LARGE));
    }
}
