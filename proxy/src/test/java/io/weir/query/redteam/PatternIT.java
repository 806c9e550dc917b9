package io.weir.query.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.redteam.Ward.Desk;
import io.weir.query.redteam.Ward.Protection;
import io.weir.query.redteam.Ward.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What is hidden, left out or refused must be the same whether or not one person, whom the asker can single out, has what is asked for. Stronger than any attacker's
 * programme: two worlds that differ in one secret are asked the same questions, and the answers are compared without their numbers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatternIT {
    private static final int WORLDS = 6;

    private Ward ward;

    @BeforeAll
    void open() throws SQLException, IOException {
        ward = new Ward();
    }

    @AfterAll
    void close() throws SQLException {
        ward.close();
    }

    @Test
    void whatIsHiddenDoesNotTellWhoHasIt() throws SQLException {
        List<String> told = new ArrayList<>();
        for (int world = 1; world <= WORLDS; world++) {
            ward.world(700 + world);
            for (Protection protection : List.of(Protection.DEMO, Protection.SHARP)) {
                for (List<String> questions : Remainders.sequences()) {
                    ward.draw(Secret.DIAGNOSIS, true);
                    List<String> one = patterns(ward.desk(protection), questions);
                    ward.draw(Secret.DIAGNOSIS, false);
                    List<String> other = patterns(ward.desk(protection), questions);
                    ward.draw(Secret.DIAGNOSIS, true);
                    if (world == 1 && protection == Protection.SHARP)
                        System.err.println("@@ " + questions + "\n@@   " + one);
                    if (!one.equals(other)) {
                        told.add(protection + " " + questions + "\n   with    " + one + "\n   without " + other);
                    }
                }
            }
        }
        assertThat(told.stream().distinct().toList()).isEmpty();
    }

    private static List<String> patterns(Desk desk, List<String> questions) {
        return questions.stream().map(desk::ask).map(PatternIT::pattern).toList();
    }

    /** Keys, and whether there is a number. */
    private static String pattern(Table table) {
        StringBuilder text = new StringBuilder(table.refused() ? "refused" : "");
        for (List<@Nullable Object> row : table.rows()) {
            text.append('[');
            for (@Nullable Object value : row) {
                text.append(value == null ? "-" : value instanceof Number ? "n" : value)
                        .append(' ');
            }
            text.append(']');
        }
        return text + " " + table.notices();
    }
}
