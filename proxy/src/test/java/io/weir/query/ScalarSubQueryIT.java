package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.ProblemCode;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sub-queries above the boundary: wherever they stand they have a value, or the statement is refused. */
class ScalarSubQueryIT {
    private static final String BY_SEX =
            " from (select sex, count(*) n from hospital.patients where sex in ('F', 'M') group by sex) x ";

    private static DemoRoad.Result ask(String sql) {
        return DemoRoad.shared().session("ada", "diabetes").run(sql);
    }

    private static List<String> sorted(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .map(String::valueOf)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select sum((select count(*) from hospital.ethnicities))" + BY_SEX,
                "select max((select max(code) from hospital.ethnicities))" + BY_SEX,
                "select count(*) filter (where n > (select min(imd_decile) from hospital.geography))" + BY_SEX,
                "select (select max(code) from hospital.ethnicities), sex, count(*)" + BY_SEX + "group by 1, 2",
                "select sex, sum((select max(imd_decile) from hospital.geography)) over ()" + BY_SEX,
                "select sex, count(*) over (partition by sex < (select max(code) from hospital.ethnicities))" + BY_SEX,
                "select sex, rank() over (order by sex <= (select min(code) from hospital.sexes))" + BY_SEX,
                "select sex" + BY_SEX + "order by sex <= (select min(code) from hospital.sexes)",
                "select sex" + BY_SEX + "where sex <= (select min(code) from hospital.sexes)",
                "select sex, case when n > (select count(*) from hospital.sexes) then (select max(code) from hospital.sexes) end"
                        + BY_SEX,
                "select x.sex, s.description" + BY_SEX
                        + "join hospital.sexes s on s.code = x.sex and x.n > (select count(*) from hospital.sexes)",
            })
    void referenceDataIsReadWhereverItStands(String sql) {
        DemoRoad.Result result = ask(sql);
        assertThat(result.problem()).as(sql).isNull();
        List<String> truth = DemoRoad.shared().truthAsText(sql).stream()
                .map(String::valueOf)
                .sorted()
                .toList();
        assertThat(sorted(result.rows())).as(sql).isEqualTo(truth);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select sex, n, (select x.n)" + BY_SEX,
                "select s.code, (select s.code) from hospital.sexes s",
                "select sex, n" + BY_SEX + "where sex in (select code from hospital.sexes)",
                "select sex, n" + BY_SEX + "where exists (select 1 from hospital.sexes s where s.code = x.sex)",
                "select sex, count(*) from hospital.patients group by sex having exists (select 1 from hospital.sexes s where s.code = sex)",
                "select sex, count(*) from hospital.patients group by sex having sex in (select code from hospital.sexes)",
                "select s.code, (select sum(count(*)) over () from hospital.patients p where p.sex = s.code) from hospital.sexes s",
            })
    void whatDependsOnTheRowAroundItIsRefusedWithAHint(String sql) {
        DemoRoad.Result result = ask(sql);
        assertThat(result.problem()).as(sql).isNotNull();
        assertThat(result.problem().code()).as(sql).isEqualTo(ProblemCode.SHAPE);
        assertThat(result.problem().hint()).as(sql).isNotNull();
    }

    @Test
    void anAggregateForTheRowAroundItByEqualKeysIsTheJoinThatItMeans() {
        assertThat(ask("select sex, (select count(*) from hospital.ethnicities e where e.code = x.sex)" + BY_SEX
                                + " order by 1")
                        .rows())
                .isNotEmpty()
                .isEqualTo(
                        ask("select sex, coalesce(y.n, 0) from (select sex, count(*) n from hospital.patients where sex in ('F', 'M') group by sex) x"
                                        + " left join (select code, count(*) n from hospital.ethnicities group by code) y on y.code = x.sex order by 1")
                                .rows());
        assertThat(
                        ask("select s.code, (select count(*) from hospital.patients p where p.sex = s.code) from hospital.sexes s order by 1")
                                .rows())
                .isNotEmpty()
                .isEqualTo(ask("select s.code, coalesce(y.n, 0) from hospital.sexes s"
                                + " left join (select sex, count(*) n from hospital.patients group by sex) y on y.sex = s.code order by 1")
                        .rows());
    }
}
