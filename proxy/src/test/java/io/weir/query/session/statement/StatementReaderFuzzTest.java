package io.weir.query.session.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whatever text arrives is split into statements, or is a syntax error; each statement is read, or refused by a problem that is not
 * Weir's own. The first byte of an input may choose a beginning: settings and options of COPY have grammars of their own.
 */
class StatementReaderFuzzTest {
    private static final List<String> BEGINNINGS = List.of(
            "",
            "SET ",
            "SET LOCAL TimeZone = ",
            "RESET ",
            "SHOW ",
            "COPY t TO STDOUT ",
            "COPY t TO STDOUT (",
            "COPY (SELECT 1) TO STDOUT (FORMAT csv, ",
            "COPY ",
            "SELECT set_config(",
            "BEGIN ",
            "FETCH ",
            "DECLARE c ");

    @FuzzTest(maxDuration = "20s")
    void anyTextIsReadOrRefused(byte[] data) {
        if (data.length == 0) {
            return;
        }
        String text = BEGINNINGS.get(Math.floorMod(data[0] - '!', BEGINNINGS.size()))
                + new String(data, 1, data.length - 1, StandardCharsets.UTF_8);
        List<StatementText> statements;
        try {
            statements = StatementText.split(text);
        } catch (ProblemException refused) {
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.SYNTAX);
            return;
        }
        for (StatementText statement : statements) {
            assertThat(text.substring(statement.offset())).startsWith(statement.sql());
            if (StatementReader.read(statement) instanceof SessionStatement.Refused refused) {
                assertThat(refused.problem().code()).isNotEqualTo(ProblemCode.INTERNAL);
                assertThat(refused.problem().position())
                        .isBetween(0, statement.sql().length() + 1);
            }
        }
    }
}
