package io.weir.query.redteam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.problem.ProblemCode;
import io.weir.query.redteam.Worlds.Policy;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the parser, the converter and the writer of SQL that Weir builds on are known to get wrong without a word, each as PostgreSQL answers it. With nothing rounded,
 * so that one digit or one person is seen. The number in front is that of the list of such faults.
 */
class SilentResultsIT {
    private static final Worlds WORLDS = Worlds.shared();
    private static final MathContext DIGITS = new MathContext(14);

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A cast binds tighter than what stands before it.
                "S1: select s.code, 7 / 2::numeric, 10 - 2::numeric / 4, -5::numeric from hospital.sexes s order by 1",
                "S1: select s.code from hospital.sexes s where s.code <> 'F' and 7 > '5'::int order by 1",
                "S1: select p.sex, count(*) from hospital.patients p where p.sex in ('F', 'M') and p.imd_decile = 3 and p.imd_decile > '2'::int group by 1 order by 1",
                // A sub-query on the table around it keeps the names apart.
                "S2: select count(*) from hospital.admissions a where exists (select 1 from hospital.admissions b where b.patient_id = a.patient_id and b.admitted > a.admitted)",
                "S2: select count(*) from hospital.admissions a where not exists (select 1 from hospital.admissions b where b.patient_id = a.patient_id and b.admission_id <> a.admission_id)",
                // An aggregate ordered by an expression, which is not the number of a column.
                "S3: select percentile_cont(0.5) within group (order by length(i.description) - 2) from hospital.icd10 i",
                // Numbers without declared digits keep theirs.
                "S4: select s.code, 1::numeric / 3, 2.5::numeric * 3, '12345678901234.56789'::numeric + 0.1 from hospital.sexes s order by 1",
                "S4: select sum(a.cost::numeric) from hospital.admissions a where a.method = '21'",
                // Constants are calculated as PostgreSQL does.
                "S5: select s.code, 2.5::int, -2.5::int, 2.567::numeric(5,1), true::text || 'x' from hospital.sexes s order by 1",
                "S5: select s.code, '2024-01-31 10:20:30.123456'::timestamp::text from hospital.sexes s order by 1",
                "S5: select s.code, '2024-01-31 10:20:30.123456'::timestamp = '2024-01-31 10:20:30.123'::timestamp from hospital.sexes s order by 1",
                // Times one loses no digits.
                "S6: select s.code, 1.23456789012345 * 1.0 from hospital.sexes s order by 1",
                "S6: select sum(a.cost * 1.0) from hospital.admissions a where a.method = '21'",
                // A named window keeps the frame that is added to it.
                "S7: select d, sum(n) over (w rows 2 preceding), sum(n) over w from (select p.imd_decile d, count(*) n from hospital.patients p group by 1) x window w as (order by d) order by d",
                // The end of a span is not in it.
                "S9: select s.code, (date '2024-01-01', date '2024-02-01') overlaps (date '2024-02-01', date '2024-03-01'), (date '2024-01-01', date '2024-02-02') overlaps (date '2024-02-01', date '2024-03-01') from hospital.sexes s order by 1",
                // No text is filled up with blanks.
                "S11: select s.code, case when s.code = 'F' then 'M' else 'Female' end || '.' from hospital.sexes s order by 1",
                "S11: select x.a || '.', length(x.a) from (values ('M'), ('Female')) x (a) order by 1",
                "S11: select x.a || '.', length(x.a) from (select 'M' a union all select 'Female') x order by 1",
                "S11: select case when p.sex = 'F' then 'M' else 'Female' end || '.', count(*) from hospital.patients p group by 1 order by 1"
            })
    void isAnsweredAsPostgresAnswersIt(String numbered) throws SQLException {
        String sql = numbered.substring(numbered.indexOf(": ") + 2);
        Transcript answer = WORLDS.asked(Policy.BARE, sql);
        assertThat(answer.problem()).isNull();
        // Nobody opted out in the truth.
        String truth = sql.replace("hospital.patients p", "(select * from hospital.patients where not opted_out) p")
                .replace(
                        "hospital.admissions a",
                        "(select * from hospital.admissions where not opted_out and patient_id not in (select patient_id from hospital.patients where opted_out)) a");
        assertThat(told(answer.values()))
                .isNotEmpty()
                .isEqualTo(told(WORLDS.first().truth(truth)));
    }

    /** PostgreSQL would not answer either, or not twice the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "S8|UNKNOWN_FUNCTION|with r as (select random() x) select a.x = b.x from r a cross join r b",
                "S10|UNKNOWN_FUNCTION|select count(*) from hospital.patients p where p.sex = 1",
                "S10|UNKNOWN_FUNCTION|select sum(p.sex) from hospital.patients p"
            })
    void isRefused(String number, ProblemCode code, String sql) {
        assertThat(Objects.requireNonNull(WORLDS.asked(Policy.BARE, sql).problem())
                        .code())
                .isEqualTo(code);
        if (number.equals("S10")) {
            assertThatThrownBy(() -> WORLDS.first().truth(sql)).isInstanceOf(SQLException.class);
        }
    }

    /** Numbers by their value: of quotients PostgreSQL writes more digits. */
    private static List<List<String>> told(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(SilentResultsIT::told).toList())
                .toList();
    }

    private static String told(String value) {
        if (value.equals("t") || value.equals("f")) {
            return String.valueOf(value.equals("t"));
        }
        return value.matches("-?\\d+\\.\\d+|-?\\d+")
                ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
                : value;
    }
}
