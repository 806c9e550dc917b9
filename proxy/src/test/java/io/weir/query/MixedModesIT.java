package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.Agreement;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.catalog.SchemaViews;
import io.weir.query.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Project flow: rows of admissions are granted, patients and prescriptions only as aggregates. The strictest mode rules. */
class MixedModesIT {
    private static DemoRoad.Result run(String sql, @Nullable Object... parameters) {
        return DemoRoad.shared().session("ben", "flow").run(sql, parameters);
    }

    private static @Nullable Problem problem(String sql) {
        return run(sql).problem();
    }

    private static long truth(String sql) {
        return DemoRoad.shared().truthOfOneNumber(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from hospital.admissions a join hospital.patients p using (patient_id) where p.sex = 'F'",
                "from hospital.admissions a join hospital.patients p on a.patient_id = p.patient_id where p.sex = 'F'",
                "from hospital.admissions a, hospital.patients p where p.patient_id = a.patient_id and p.sex = 'F'",
                "from hospital.admissions a where exists (select 1 from hospital.patients p where p.patient_id = a.patient_id and p.sex = 'F')",
                "from hospital.admissions a where a.patient_id in (select patient_id from hospital.patients where sex = 'F')",
                "from hospital.patients p where p.patient_id in (select patient_id from hospital.admissions where method = '21')",
                "from hospital.patients p where p.patient_id not in (select patient_id from hospital.admissions where method = '21')",
                "from hospital.prescriptions r where exists (select 1 from hospital.admissions a where a.patient_id = r.patient_id and a.method = '21')",
            })
    void tablesOfBothModesAreJoinedAlongTheirLinks(String from) {
        DemoRoad.Result result = run("select count(*) " + from);
        assertThat(result.problem()).isNull();
        String real = from.replaceAll(
                        "hospital\\.(admissions|patients|prescriptions)",
                        "(select * from hospital.$1 where not opted_out"
                                + " and patient_id in (select patient_id from hospital.patients where not opted_out))")
                .replaceAll("\\)\\) where", ")) x where");
        assertThat(result.rows().getFirst().getFirst())
                .isEqualTo(Math.round(truth("select count(*) " + real) / 5.0) * 5);
    }

    @Test
    void aJoinIsGroupedByTheOtherTablesColumns() {
        DemoRoad.Result result = run(
                "select p.sex, count(*), count(distinct a.patient_id) from hospital.admissions a join hospital.patients p using (patient_id) group by 1");
        assertThat(result.problem()).isNull();
        assertThat(result.rows())
                .hasSizeGreaterThan(1)
                .anyMatch(row -> row.get(1) instanceof Number n && n.longValue() > 100);
    }

    @Tag("S36")
    @Test
    void rowsOfBothModesAreNotGranted() {
        for (String sql : List.of(
                "select a.admitted, p.sex from hospital.admissions a join hospital.patients p using (patient_id)",
                "select a.patient_id from hospital.admissions a where a.patient_id in (select patient_id from hospital.patients where sex = 'F')",
                "select patient_id from hospital.patients")) {
            Problem problem = problem(sql);
            assertThat(problem).as(sql).isNotNull();
            assertThat(problem == null ? null : problem.code())
                    .as(sql)
                    .isIn(ProblemCode.ROWS_NOT_GRANTED, ProblemCode.IDENTIFIER_USE);
        }
    }

    @Tag("S37")
    @Test
    void aPseudonymSelectsNobodyWhereOnlyAggregatesAreGranted() {
        Object token = run("select patient_id from hospital.admissions limit 1")
                .rows()
                .getFirst()
                .getFirst();
        for (String sql : List.of(
                "select count(*) from hospital.patients where patient_id = '" + token + "'",
                "select count(*) from hospital.admissions a join hospital.patients p using (patient_id) where a.patient_id = '"
                        + token + "'",
                "select count(*) from hospital.admissions where patient_id = '" + token + "'",
                "select max(patient_id) from hospital.patients",
                "select patient_id || 'x', count(*) from hospital.patients group by 1",
                "select count(*) from hospital.patients where patient_id like 'p%'")) {
            Problem problem = problem(sql);
            assertThat(problem).as(sql).isNotNull();
            assertThat(problem == null ? null : problem.code().sqlState())
                    .as(sql)
                    .isEqualTo("42501");
        }
    }

    @Test
    void identifiersOfOneNamespaceHaveOneTypeInAView() {
        PolicySnapshot policy = DemoRoad.shared().policy;
        Agreement agreement = policy.agreements().values().stream()
                .filter(a -> a.id().equals("dsa-2026-002"))
                .findFirst()
                .orElseThrow();
        assertThat(new SchemaViews()
                        .of(policy, agreement).tables().stream()
                                .flatMap(table -> table.columns().stream())
                                .filter(column -> column.name().equals("patient_id")))
                .hasSize(3)
                .allMatch(column -> column.type().type() == SqlType.VARCHAR);
    }
}
