package io.weir.query.session.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.session.statement.SessionStatement.Begin;
import io.weir.query.session.statement.SessionStatement.Commit;
import io.weir.query.session.statement.SessionStatement.Copy;
import io.weir.query.session.statement.SessionStatement.Data;
import io.weir.query.session.statement.SessionStatement.Declare;
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
        assertThat(read("(SELECT 1) UNION SELECT 2")).isInstanceOf(Data.class);
    }

    @ParameterizedTest
    @CsvSource({
        "FETCH c,FORWARD,1",
        "FETCH next,FORWARD,1",
        "FETCH NEXT FROM next,FORWARD,1",
        "FETCH FROM c,FORWARD,1",
        "FETCH prior IN c,BACKWARD,1",
        "FETCH FIRST c,ABSOLUTE,1",
        "FETCH LAST FROM c,ABSOLUTE,-1",
        "FETCH ABSOLUTE -3 c,ABSOLUTE,-3",
        "FETCH RELATIVE +2 FROM c,RELATIVE,2",
        "FETCH 5 c,FORWARD,5",
        "FETCH -5 FROM c,FORWARD,-5",
        "FETCH -2147483647 FROM c,FORWARD,-2147483647",
        "FETCH ALL c,FORWARD,9223372036854775807",
        "FETCH FORWARD c,FORWARD,1",
        "FETCH FORWARD 100 FROM c,FORWARD,100",
        "FETCH FORWARD ALL IN c,FORWARD,9223372036854775807",
        "FETCH BACKWARD IN c,BACKWARD,1",
        "FETCH BACKWARD -2 c,BACKWARD,-2",
        "FETCH BACKWARD ALL c,BACKWARD,9223372036854775807"
    })
    void fetchHasEveryDirectionOfPostgres(String sql, Fetch.Direction direction, long count) {
        String name = sql.endsWith("next") ? "next" : "c";
        assertThat(read(sql)).isEqualTo(new Fetch(name, direction, count, false));
        assertThat(read(sql.replace("FETCH", "MOVE"))).isEqualTo(new Fetch(name, direction, count, true));
    }

    @Test
    void declareHasTheOptionsOfPostgres() {
        assertThat(read("DECLARE c BINARY INSENSITIVE SCROLL CURSOR WITH HOLD FOR VALUES (1)"))
                .isEqualTo(new Declare("c", true, true, true, new Data("VALUES (1)", 57)));
        assertThat(read("DECLARE c ASENSITIVE NO SCROLL CURSOR WITHOUT HOLD FOR SELECT 1"))
                .isEqualTo(new Declare("c", false, false, false, new Data("SELECT 1", 55)));
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
        "FETCH ABSOLUTE FROM c,SYNTAX",
        "FETCH 99999999999 FROM c,SYNTAX",
        "FETCH - FROM c,SYNTAX",
        "DECLARE c SCROLL NO SCROLL CURSOR FOR SELECT 1,CURSOR_DEFINITION",
        "DECLARE c INSENSITIVE ASENSITIVE CURSOR FOR SELECT 1,CURSOR_DEFINITION",
        "DECLARE c SENSITIVE CURSOR FOR SELECT 1,SYNTAX",
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
