package io.weir.query.catalog.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.catalog.StatementClassifier;
import io.weir.query.catalog.StatementClassifier.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShadowClassifierIT {
    private final StatementClassifier classifier = SharedShadow.catalogue().classifier();

    private Kind kind(String sql) {
        return classifier.classify(CatalogClient.ADA, Hospital.schema(), sql).orThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT version(), current_schema()",
                "VALUES (1), (2)",
                "TABLE pg_catalog.pg_class",
                "SELECT relname FROM pg_class WHERE relname = 'person'",
                "SELECT c.relname AS admission FROM pg_catalog.pg_class c",
                "SELECT 'hospital.person'::regclass",
                "SELECT * FROM information_schema.columns WHERE table_name = $1",
                "WITH t AS (SELECT oid FROM pg_type) SELECT count(*) FROM t",
                "SELECT nothing FROM pg_class",
                "/* a /* nested */ comment with person */ SELECT $q$ person $q$, E'\\' person' -- person",
            })
    void readsTheCatalogueOnly(String sql) {
        assertThat(kind(sql)).isEqualTo(Kind.CATALOGUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM nothing",
                "SELECT * FROM nowhere.person_of_note",
                "SELECT lenght('a')",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT count(*) FROM person",
                "SELECT count(*) FROM \"person\"",
                "SELECT count(*) FROM hospital . Admission WHERE admitted > $1",
                "SELECT * FROM person WHERE false",
                "TABLE weir.my_releases",
                "WITH p AS (SELECT * FROM person) SELECT count(*) FROM p",
                "SELECT (SELECT count(*) FROM person)",
                "INSERT INTO person VALUES (1)",
                "SHOW search_path",
                "",
                "SELEC 1",
                "SELECT broken FROM person",
            })
    void belongsToTheQueryRoad(String sql) {
        assertThat(kind(sql)).isEqualTo(Kind.DATA);
    }

    @Test
    void aMixIsRefused() {
        Outcome<Kind> outcome = classifier.classify(
                CatalogClient.ADA,
                Hospital.schema(),
                "SELECT count(*) FROM person, pg_class WHERE relname = ethnicity");
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        Problem problem = ((Outcome.Refused<Kind>) outcome).problem();
        assertThat(problem.code()).isEqualTo(ProblemCode.UNSUPPORTED);
        assertThat(problem.hint()).contains("catalogue first");
    }

    @Test
    void aRelationThatThePlannerProvesEmptyStillBelongsToTheQueryRoad() {
        assertThat(kind("SELECT relname FROM pg_class WHERE false AND EXISTS (SELECT FROM hospital.person)"))
                .isEqualTo(Kind.DATA);
    }
}
