package io.weir.query.session.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.session.statement.SessionStatement.Begin;
import io.weir.query.session.statement.SessionStatement.Commit;
import io.weir.query.session.statement.SessionStatement.Copy;
import io.weir.query.session.statement.SessionStatement.Data;
import io.weir.query.session.statement.SessionStatement.Fetch;
import io.weir.query.session.statement.SessionStatement.Refused;
import io.weir.query.session.statement.SessionStatement.Rollback;
import io.weir.query.session.statement.SessionStatement.RollbackTo;
import io.weir.query.session.statement.SessionStatement.Set;
import io.weir.query.session.statement.SessionStatement.SetTransaction;
import io.weir.query.session.statement.SessionStatement.Show;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {
    private static SessionStatement read(String sql) {
        return StatementReader.read(StatementText.split(sql).getFirst());
    }

    @Test
    void semicolonsInStringsAndCommentsDoNotSplit() {
        String message = "SELECT ';', E'\\';', $$;$$, $a$;$$;$a$, \"a;\"\"b\" /* ; /* ; */ ; */ -- ;\n; SELECT 2;;";
        assertThat(StatementText.split(message)).hasSize(2);
        assertThat(StatementText.split(message).getLast().sql()).isEqualTo("SELECT 2");
        assertThat(StatementText.split(message).getLast().offset()).isEqualTo(message.indexOf("SELECT 2"));
    }

    @Test
    void blanksAndCommentsAreNoStatement() {
        assertThat(StatementText.split(" ; -- x\n /* y */ ;")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 'a", "SELECT \"a", "SELECT $$a", "/* a", "SELECT E'\\'"})
    void whatDoesNotEndIsASyntaxError(String sql) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> StatementText.split(sql))
                .satisfies(syntax -> {
                    assertThat(syntax.problem().code()).isEqualTo(ProblemCode.SYNTAX);
                    assertThat(syntax.problem().position()).isPositive();
                });
    }

    @Test
    void parametersAndDollarsInNamesAreNoQuotes() {
        assertThat(StatementText.split("SELECT $1, a$b$c; SELECT 2")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "UNLISTEN *, UNLISTEN",
        "UNLISTEN gossip, UNLISTEN",
        "SET SESSION AUTHORIZATION DEFAULT, SET",
        "RESET SESSION AUTHORIZATION, RESET",
        "SET ROLE NONE, SET",
        "RESET ROLE, RESET"
    })
    void whatPoolsCleanAConnectionWithHasNoEffect(String sql, String tag) {
        assertThat(read(sql)).isEqualTo(new SessionStatement.NoEffect(tag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET SESSION AUTHORIZATION ben", "SET ROLE ben", "LISTEN gossip", "NOTIFY gossip"})
    void nobodyBecomesSomebodyElseOrListens(String sql) {
        assertThat(read(sql)).isNotInstanceOf(SessionStatement.NoEffect.class);
    }

    @Test
    void statementsOfTheSessionAreUnderstood() {
        assertThat(read("begin isolation level repeatable read, read only")).isEqualTo(new Begin("BEGIN"));
        assertThat(read("START TRANSACTION")).isEqualTo(new Begin("START TRANSACTION"));
        assertThat(read("END WORK AND CHAIN")).isEqualTo(new Commit(true));
        assertThat(read("ABORT")).isEqualTo(new Rollback(false));
        assertThat(read("ROLLBACK TRANSACTION TO SAVEPOINT \"A b\"")).isEqualTo(new RollbackTo("A b"));
        assertThat(read("SET SESSION search_path TO a, 'B'")).isEqualTo(new Set("search_path", "a, B", false));
        assertThat(read("SET LOCAL TIME ZONE 'UTC'")).isEqualTo(new Set("timezone", "UTC", true));
        assertThat(read("SET weir.flags = on")).isEqualTo(new Set("weir.flags", "on", false));
        assertThat(read("SET extra_float_digits = -3")).isEqualTo(new Set("extra_float_digits", "-3", false));
        assertThat(read("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED"))
                .isEqualTo(new SetTransaction("SET"));
        assertThat(read("show transaction isolation level")).isEqualTo(new Show("transaction_isolation"));
        assertThat(read("FETCH FORWARD 100 FROM c")).isEqualTo(new Fetch("c", 100, false));
        assertThat(read("fetch all in c")).isEqualTo(new Fetch("c", -1, false));
        assertThat(read("(SELECT 1) UNION SELECT 2")).isInstanceOf(Data.class);
    }

    @Test
    void aCopyIsTheSelectItWraps() {
        assertThat(read("  copy ( (SELECT ')' ) ORDER BY 1 ) to stdout")).isInstanceOfSatisfying(Copy.class, copy -> {
            assertThat(copy.sql()).isEqualTo("(SELECT ')' ) ORDER BY 1");
            assertThat(copy.shift()).isEqualTo(7);
        });
        assertThat(read("COPY s.\"My t\" ( a , \"B c\" ) TO STDOUT CSV"))
                .isInstanceOfSatisfying(
                        Copy.class, copy -> assertThat(copy.sql()).isEqualTo("SELECT a , \"B c\" FROM s.\"My t\""));
        assertThat(read("COPY t TO STDOUT (DELIMITER E'\\x7c', NULL E'\\156\\u0069l')"))
                .isInstanceOfSatisfying(Copy.class, copy -> {
                    assertThat(copy.sql()).isEqualTo("SELECT * FROM t");
                    assertThat(copy.options().delimiter()).isEqualTo('|');
                    assertThat(copy.options().nullText()).isEqualTo("nil");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "INSERT INTO t VALUES (1),READ_ONLY",
        "CREATE TABLE t (a int),READ_ONLY",
        "BEGIN READ WRITE,READ_ONLY",
        "COPY t FROM STDIN,UNSUPPORTED",
        "COPY t TO '/srv/x',UNSUPPORTED",
        "EXPLAIN SELECT 1,UNSUPPORTED",
        "PREPARE p AS SELECT 1,UNSUPPORTED",
        "LISTEN x,UNSUPPORTED",
        "FETCH PRIOR FROM c,UNSUPPORTED",
        "FROBNICATE,SYNTAX",
        "BEGIN nonsense,SYNTAX",
        "SET a,SYNTAX",
        "COMMIT PREPARED x,UNSUPPORTED"
    })
    void everythingElseIsRefusedWithItsCode(String sql, ProblemCode code) {
        assertThat(read(sql))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }
}
