package io.weir.query.catalog.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class OwnNamesTest {
    @Test
    void keywordsForDatabaseAndUserBecomeFunctionsButNotInTextsAndLabels() {
        assertThat(OwnNames.in("SELECT current_catalog, 'current_catalog', \"current_catalog\", 1 AS current_catalog"
                                + " /* current_catalog */ FROM t WHERE t.current_catalog = CURRENT_CATALOG")
                        .text())
                .isEqualTo("SELECT pg_catalog.\"current_catalog\"(), 'current_catalog', \"current_catalog\","
                        + " 1 AS current_catalog /* current_catalog */ FROM t WHERE t.current_catalog ="
                        + " pg_catalog.\"current_catalog\"()");
        assertThat(OwnNames.in("SELECT user, usename user, f(x) user, 'a' user, CURRENT_USER::text FROM pg_user"
                                + " WHERE usename=session_user")
                        .text())
                .isEqualTo(
                        "SELECT pg_catalog.\"user\"(), usename user, f(x) user, 'a' user,"
                                + " pg_catalog.\"current_user\"()::text FROM pg_user WHERE usename=pg_catalog.\"session_user\"()");
    }

    @Test
    void commentsAndBlanksAreNothing() {
        assertThat(OwnNames.in("SELECT 1 AS /* c */ current_user, 2 -- user\n user, /* x */ user")
                        .text())
                .isEqualTo("SELECT 1 AS /* c */ current_user, 2 -- user\n user, /* x */ pg_catalog.\"user\"()");
    }

    @Test
    void whatCannotBeReadIsLeftToTheShadow() {
        assertThat(OwnNames.in("SELECT user, 'open").text()).isEqualTo("SELECT user, 'open");
    }

    @Test
    void positionsGoBackAndCountWhatStandsBefore() {
        OwnNames names = OwnNames.in("SELECT 'ä𝄞', user, nope, user");
        assertThat(names.text()).isEqualTo("SELECT 'ä𝄞', pg_catalog.\"user\"(), nope, pg_catalog.\"user\"()");
        assertThat(position(names, 1, 0)).isEqualTo(1);
        assertThat(position(names, 14, 0)).isEqualTo(14);
        assertThat(position(names, 25, 0)).as("within the function").isEqualTo(14);
        assertThat(position(names, 35, 0)).as("nope").isEqualTo(20);
        assertThat(position(names, 42, 0)).as("the last one").isEqualTo(26);
        assertThat(position(names, 35, 100)).isEqualTo(120);
    }

    private static int position(OwnNames names, int position, int offset) {
        byte[] body = ("SERROR\0C42703\0Mno\0P" + position + "\0\0").getBytes(StandardCharsets.UTF_8);
        return BackendError.read(names.inOriginal(new BackendMessage(BackendMessage.ERROR_RESPONSE, body), offset))
                .position();
    }
}
