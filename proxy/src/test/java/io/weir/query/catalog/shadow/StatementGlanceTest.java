package io.weir.query.catalog.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StatementGlanceTest {
    @Test
    void commentsStringsAndDollarQuotesAreNoWords() {
        StatementGlance glance =
                StatementGlance.of("-- a\n/* b /* c */ d */ Select 'e''f' || E'g\\'h' || $i$ j $i$ || $$k$$, l_1");
        assertThat(glance.first()).isEqualTo("select");
        assertThat(glance.words())
                .contains("select", "l_1")
                .doesNotContain("a", "b", "c", "d", "f", "g", "h", "j", "k");
    }

    @Test
    void quotedNamesAreWordsWithoutTheirQuotes() {
        assertThat(StatementGlance.of("TABLE \"My\"\"Table\"").words()).containsExactlyInAnyOrder("table", "my\"table");
    }

    @Test
    void whatIsCutShortDoesNotFail() {
        for (String sql : new String[] {"", "'", "\"", "/*", "--", "$", "$a$", "E'\\", "select $1", "/* */ */"}) {
            assertThat(StatementGlance.of(sql).words()).as(sql).isNotNull();
        }
    }

    @Test
    void onlyFourVerbsRead() {
        assertThat(StatementGlance.of("( SELECT 1)").isReader()).isTrue();
        assertThat(StatementGlance.of("INSERT INTO t SELECT 1").isReader()).isFalse();
        assertThat(StatementGlance.of("EXPLAIN SELECT 1").isReader()).isFalse();
    }
}
