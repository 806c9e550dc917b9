package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NOT IN over a list of constants in a sub-query means what NOT IN over the constants means, where values are missing, too. */
class NotInListIT {
    private static final String PEOPLE = "select count(*) from hospital.patients where ";

    private static List<List<@Nullable Object>> rows(String sql) {
        DemoRoad.Result result = DemoRoad.shared().session("ada", "diabetes").run(sql);
        assertThat(result.problem()).as(sql).isNull();
        return result.rows();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "imd_decile not in (select x from (values (1), (2), (3)) v(x))|imd_decile not in (1, 2, 3)",
                "imd_decile not in (select y from (values (1, 3), (2, 4)) v(x, y))|imd_decile not in (3, 4)",
                "not (imd_decile in (values (1), (2)))|imd_decile not in (1, 2)",
                "(imd_decile in (select x from (values (1), (2)) v(x))) is not true|(imd_decile in (1, 2)) is not true",
                "(imd_decile in (select x from (values (1), (2)) v(x))) is null|(imd_decile in (1, 2)) is null",
                "imd_decile not in (select x from (values (1), (null)) v(x))|imd_decile not in (1, null)",
            })
    void aListIsTheConstantsThemselves(String list, String constants) {
        assertThat(rows(PEOPLE + list)).isEqualTo(rows(PEOPLE + constants));
    }

    @Test
    void aTableIsNoList() {
        DemoRoad.Result result = DemoRoad.shared()
                .session("ada", "diabetes")
                .run(PEOPLE + "imd_decile not in (select imd_decile from hospital.patients)");
        assertThat(result.problem()).isNotNull();
        assertThat(result.problem().code()).isEqualTo(ProblemCode.SHAPE);
    }
}
