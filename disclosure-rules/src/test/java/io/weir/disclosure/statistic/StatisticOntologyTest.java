package io.weir.disclosure.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.disclosure.evidence.EvidenceKind;
import io.weir.disclosure.resource.Section;
import io.weir.disclosure.verdict.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "max,extremes",
        "bool_or,extremes",
        "mode,mode",
        "stddev,shape",
        "corr,correlation-and-regression",
        "kaplan-meier,survival",
        "gini,concentration",
        "odds-ratio,odds-ratios",
        "chi-squared-test,tests-of-tables",
        "t-test,hypothesis-tests",
        "rollup,linked-tables"
    })
    void knownStatisticIsJudgedByItsClass(String statistic, String name) {
        assertThat(ontology.classify(statistic))
                .isInstanceOfSatisfying(
                        Classification.Automatic.class,
                        found -> assertThat(found.statisticClass().name()).isEqualTo(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "residual",
                "scatter-plot",
                "string_agg",
                "histogram",
                "bit_xor",
                "factor-analysis",
                "",
                "no such"
            })
    void everythingElseGoesToManualReview(String statistic) {
        assertThat(ontology.classify(statistic)).isInstanceOf(Classification.ManualReview.class);
    }

    @Test
    void everyStatisticNamesRisksChecksEvidenceAndProtections() {
        assertThat(ontology.statistics()).hasSizeGreaterThan(150).allSatisfy((statistic, found) -> {
            assertThat(found.risks()).isNotEmpty();
            assertThat(found.checks()).isNotEmpty();
            assertThat(found.evidence()).isNotEmpty();
            assertThat(found.protections()).isNotEmpty();
            assertThat(found.risks()).allSatisfy(risk -> {
                assertThat(risk.sentence()).endsWith(".");
                assertThat(found.checks()).containsAll(risk.checks());
                assertThat(found.protections()).containsAll(risk.protections());
            });
            assertThat(found.checks())
                    .allSatisfy(rule -> assertThat(found.evidence())
                            .containsAll(ontology.needs(rule).evidence()));
        });
    }

    @Test
    void everyCheckKindOfEvidenceAndProtectionIsUsed() {
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        Set<EvidenceKind> kinds = EnumSet.noneOf(EvidenceKind.class);
        Set<Safeguard> safeguards = EnumSet.noneOf(Safeguard.class);
        for (StatisticClass found : ontology.classes()) {
            rules.addAll(found.checks());
            kinds.addAll(found.evidence());
            safeguards.addAll(found.protections());
        }
        assertThat(rules).containsExactlyInAnyOrder(Rule.values());
        assertThat(kinds).containsExactlyInAnyOrder(EvidenceKind.values());
        assertThat(safeguards).containsExactlyInAnyOrder(Safeguard.values());
        assertThat(kinds).allSatisfy(kind -> assertThat(ontology.describe(kind)).endsWith("."));
        assertThat(safeguards)
                .allSatisfy(
                        safeguard -> assertThat(ontology.describe(safeguard)).endsWith("."));
        assertThat(rules)
                .allSatisfy(rule -> assertThat(ontology.needs(rule).source()).isNotBlank());
    }

    /** What the ontology names is there, and every package that protects is named. */
    @Test
    void everyProtectionExists() {
        Set<String> packages = new TreeSet<>();
        for (Safeguard safeguard : Safeguard.values()) {
            for (String name : ontology.means(safeguard)) {
                assertThatCode(() -> Class.forName("io.weir.disclosure." + name))
                        .as("%s by %s", safeguard.id(), name)
                        .doesNotThrowAnyException();
                packages.add(name.substring(0, name.indexOf('.')));
            }
        }
        assertThat(packages).contains("cellkey", "derived", "history", "merging", "protection", "rounding");
    }

    /** Manual of PostgreSQL 17, sections 9.21, aggregate functions, and 9.22, window functions. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or count every json_agg json_object_agg",
                "jsonb_agg jsonb_object_agg max min range_agg range_intersect_agg json_arrayagg json_objectagg",
                "string_agg sum xmlagg corr covar_pop covar_samp regr_avgx regr_avgy regr_count regr_intercept regr_r2",
                "regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop stddev_samp variance var_pop var_samp mode",
                "percentile_cont percentile_disc rank dense_rank percent_rank cume_dist grouping row_number ntile lag lead",
                "first_value last_value nth_value"
            })
    void everyAggregateOfPostgresIsKnown(String names) {
        assertThat(ontology.statistics()).containsKeys(names.split(" "));
    }

    /** AVG … VARP of Transact-SQL, "Aggregate functions". */
    @Test
    void everyAggregateOfTransactSqlIsKnown() {
        String names = "approx_count_distinct approx_percentile_cont approx_percentile_disc avg checksum_agg count"
                + " count_big grouping grouping_id max min product stdev stdevp string_agg sum var varp";
        assertThat(ontology.statistics()).containsKeys(names.split(" "));
    }

    /** What the proxy offers stands in its reference page, which is generated from its table of operators. */
    @Test
    void everyAggregateAndWindowFunctionOfTheProxyIsKnown() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "reference", "functions.md"));
        List<String> names = new ArrayList<>();
        boolean aggregates = false;
        for (String line : lines) {
            aggregates = line.startsWith("##") ? line.matches("## (Aggregates|Window functions)") : aggregates;
            if (aggregates && line.startsWith("| `")) {
                names.add(line.substring(3, line.indexOf('`', 3)));
            }
        }
        assertThat(names).contains("regr_slope", "ntile").hasSizeGreaterThan(30);
        assertThat(ontology.statistics().keySet()).containsAll(names);
    }

    @Test
    void brokenOntologyIsNotRead() {
        String whole = text();
        assertThat(StatisticOntology.of(Section.parse(whole)).classes()).hasSameSizeAs(ontology.classes());
        for (String[] change : List.of(
                new String[] {"  risk low-count\n", "  risk no-such-risk\n"},
                new String[] {"  check minimum-frequency\n", "  check no-such-check\n"},
                new String[] {"  evidence units\n", "  evidence no-such-evidence\n"},
                new String[] {"  protection rounding\n", "  protection no-such-protection\n"},
                new String[] {"evidence leaders\n", "nonsense leaders\n"},
                new String[] {"  by merging.MinimalMerging\n", ""},
                new String[] {"statistic max\n", "statistic min\n"},
                new String[] {"judged automatically\n", "judged somehow\n"},
                new String[] {"check mode\n  source AI-SDC, statbarn of the mode\n", "check mode\n"},
                new String[] {"  risk unit-values\n", ""})) {
            String broken = whole.replaceFirst(Pattern.quote(change[0]), change[1]);
            assertThat(broken).isNotEqualTo(whole);
            assertThatThrownBy(() -> StatisticOntology.of(Section.parse(broken)))
                    .as(Arrays.toString(change))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    private static String text() {
        try (var stream = StatisticOntology.class.getResourceAsStream("/io/weir/disclosure/ontology-2.txt")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
