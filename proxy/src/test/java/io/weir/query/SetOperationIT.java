package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** UNION, INTERSECT and EXCEPT over branches whose columns have different types. */
class SetOperationIT {
    private static List<List<@Nullable Object>> rows(String sql) {
        DemoRoad.Result result = DemoRoad.shared().session("ada", "diabetes").run(sql);
        assertThat(result.problem()).as(sql).isNull();
        return result.rows();
    }

    private static List<List<String>> texts(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .sorted(Comparator.comparing(Object::toString))
                .toList();
    }

    private static List<List<@Nullable Object>> truth(String sql) {
        return DemoRoad.shared().truthAsText(sql);
    }

    @Test
    void aTotalStandsUnderItsParts() {
        List<List<@Nullable Object>> parts = rows("select sex, count(*) from hospital.patients group by 1");
        for (String sql : List.of(
                "select sex as k, count(*) from hospital.patients group by 1 union all select 'all', count(*) from hospital.patients",
                "select 'all' as k, count(*) from hospital.patients union all select sex, count(*) from hospital.patients group by 1")) {
            List<List<String>> all = texts(rows(sql));
            assertThat(all).as(sql).hasSize(parts.size() + 1);
            assertThat(all).as(sql).anyMatch(row -> row.getFirst().equals("all"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select code, 1 from hospital.sexes union all select 'all'::text, 2.5",
                "select code, 1 from hospital.sexes union select null, 2.50",
                "select null as k, 1.0 union all select code, 1 from hospital.sexes",
                "select null as k from hospital.sexes union select null",
                "select provider_code as k from hospital.providers intersect select 'Z01'::text",
                "select provider_code as k from hospital.providers except select 'Z01'::text",
                "select 'Z01' as k intersect select provider_code from hospital.providers",
                "select imd_decile as d from hospital.geography except select 1.0",
                "select imd_decile as d from hospital.geography intersect select 2::numeric",
                "select imd_decile as d from hospital.geography intersect all select 2::bigint",
                "select imd_decile as d from hospital.geography except all select 2::numeric",
                "select population as d from hospital.geography union select imd_decile from hospital.geography",
                "select k, count(*) from (select code k from hospital.sexes union all select 'F'::text) x group by k order by k",
            })
    void branchesHaveTheTypeThatPostgresGivesThem(String sql) {
        assertThat(texts(rows(sql))).isEqualTo(texts(truth(sql)));
    }
}
