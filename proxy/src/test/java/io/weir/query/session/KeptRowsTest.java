package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a SCROLL cursor keeps, and for whom. */
class KeptRowsTest extends LoggedIn {
    /** Tags and SQLSTATEs of one message's answers. */
    private List<String> run(String sql) throws IOException {
        client.send(WireClient.query(sql));
        List<String> said = new ArrayList<>();
        for (WireClient.Message m = client.read(); m.tag() != 'Z'; m = client.read()) {
            if (m.tag() == 'E') {
                said.add(m.field('C'));
            } else if (m.tag() == 'C') {
                said.add(m.text(0).replace("\0", ""));
            }
        }
        return said;
    }

    @Test
    void rowsAreReadOnceAndNoneThatNobodyAskedFor() throws IOException {
        assertThat(
                        run(
                                "BEGIN; DECLARE c SCROLL CURSOR FOR SELECT numbers(10) FROM t; FETCH 4 c; FETCH FIRST c; FETCH 3 c"))
                .endsWith("FETCH 4", "FETCH 1", "FETCH 3");
        assertThat(server.desk.rowsPulled).hasValue(4);
        assertThat(run("FETCH LAST c; CLOSE c")).containsExactly("FETCH 1", "CLOSE CURSOR");
        assertThat(server.desk.rowsPulled).hasValue(10);
        assertThat(server.desk.openAnswers).hasValue(0);
    }

    @Test
    void whatAllCursorsOfASessionKeepIsBounded() throws IOException {
        String declare = "DECLARE %s SCROLL CURSOR WITH HOLD FOR SELECT numbers(1000) FROM t";
        assertThat(run(declare.formatted("c"))).containsExactly("DECLARE CURSOR");
        assertThat(run(declare.formatted("d"))).containsExactly("DECLARE CURSOR");
        assertThat(run("MOVE ALL c")).containsExactly("MOVE 1000");
        assertThat(run("MOVE ALL d")).containsExactly("53200");
        assertThat(run("CLOSE ALL; " + declare.formatted("e") + "; MOVE ALL e")).endsWith("MOVE 1000");
    }

    /** Some of its rows came from the source and reached nobody. */
    @Test
    void anAnswerThatAnErrorEndedGivesNothingMore() throws IOException {
        String declare = "DECLARE %s SCROLL CURSOR WITH HOLD FOR SELECT numbers(1000) FROM t";
        run(declare.formatted("c"));
        run(declare.formatted("d"));
        assertThat(run("MOVE ALL c")).containsExactly("MOVE 1000");
        assertThat(run("FETCH ALL d")).containsExactly("53200");
        assertThat(run("CLOSE c")).containsExactly("CLOSE CURSOR");
        assertThat(run("FETCH ALL d")).containsExactly("55000");
        assertThat(run("FETCH d")).containsExactly("55000");
        assertThat(server.desk.openAnswers).hasValue(0);
        assertThat(run("CLOSE d")).containsExactly("CLOSE CURSOR");
    }

    @Test
    void anErrorWithinATransactionEndsTheAnswerBeyondTheSavepoint() throws IOException {
        run("BEGIN; DECLARE c CURSOR FOR SELECT fails_after() FROM t; SAVEPOINT s");
        assertThat(run("FETCH ALL c")).containsExactly("54000");
        assertThat(run("ROLLBACK TO s; FETCH ALL c")).containsExactly("ROLLBACK", "55000");
    }

    @Test
    void whoWasRemovedGetsNoRowOnceMore() throws IOException {
        assertThat(run("BEGIN; DECLARE c SCROLL CURSOR FOR SELECT numbers(10) FROM t; FETCH 4 c"))
                .endsWith("FETCH 4");
        server.accounts.withdrawn = true;
        assertThat(run("FETCH PRIOR c")).containsExactly("28000");
    }

    @Test
    void aCursorOverTheCatalogueGoesForwardOnly() throws IOException {
        assertThat(run("DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT * FROM pg_catalog.pg_class"))
                .containsExactly("0A000");
        assertThat(run("DECLARE c CURSOR WITH HOLD FOR SELECT * FROM pg_catalog.pg_class; FETCH c; FETCH PRIOR c"))
                .containsExactly("DECLARE CURSOR", "FETCH 1", "55000");
    }
}
