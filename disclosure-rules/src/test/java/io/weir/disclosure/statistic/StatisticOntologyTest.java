package io.weir.disclosure.statistic;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.verdict.Rule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticOntologyTest {
    private final StatisticOntology ontology = StatisticOntology.shipped();

    @ParameterizedTest
    @CsvSource({
        "count,frequencies",
        "COUNT,frequencies",
        "sum,linear-aggregations",
        "Avg,linear-aggregations",
        "rate,ratios",
        "median,position",
        "percentile_disc,position",
        "rollup,linked-tables"
    })
    void knownStatisticIsJudgedByItsClass(String statistic, String name) {
        assertThat(ontology.classify(statistic))
                .isInstanceOfSatisfying(
                        Classification.Automatic.class,
                        found -> assertThat(found.statisticClass().name()).isEqualTo(name));
    }

    @ParameterizedTest
    @CsvSource({"max", "mode", "stddev", "corr", "kaplan-meier", "gini", "string_agg", "''", "no such thing"})
    void everythingElseGoesToManualReview(String statistic) {
        assertThat(ontology.classify(statistic)).isInstanceOf(Classification.ManualReview.class);
    }

    @Test
    void everyCheckThatTheOntologyNamesExists() {
        assertThat(ontology.classes())
                .hasSize(11)
                .allSatisfy(found ->
                        assertThat(Arrays.stream(Rule.values()).map(Rule::id)).containsAll(found.checks()))
                .allSatisfy(found -> {
                    assertThat(found.risks()).isNotEmpty();
                    assertThat(found.checks()).isNotEmpty();
                    assertThat(found.evidence()).isNotEmpty();
                });
    }
}
