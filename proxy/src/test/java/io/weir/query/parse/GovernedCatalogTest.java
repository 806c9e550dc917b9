package io.weir.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.DatasetName;
import io.weir.problem.Outcome;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.List;
import org.junit.jupiter.api.Test;

class GovernedCatalogTest {
    private static final String SQL = "SELECT sex FROM hospital.person";

    /** Kept catalogues are of the same tables, whatever the fingerprint says. */
    @Test
    void schemasWithOneFingerprintAreNotMixedUp() {
        GovernedSchema withSex = schema("sex");
        GovernedSchema without = schema("height");
        try (SqlFrontEnd frontEnd = new SqlFrontEnd()) {
            for (int i = 0; i < 2; i++) {
                assertThat(frontEnd.parse(SQL, withSex, List.of())).isInstanceOf(Outcome.Value.class);
                assertThat(frontEnd.parse(SQL, without, List.of())).isInstanceOf(Outcome.Refused.class);
            }
        }
        GovernedCatalog catalogs = new GovernedCatalog();
        assertThat(catalogs.of(withSex)).isSameAs(catalogs.of(schema("sex"))).isNotSameAs(catalogs.of(without));
        assertThat(columns(catalogs, without)).containsExactly("height");
        assertThat(columns(catalogs, withSex)).containsExactly("sex");
    }

    private static List<String> columns(GovernedCatalog catalogs, GovernedSchema schema) {
        return catalogs.of(schema)
                .getTable(List.of("hospital", "person"))
                .getRowType()
                .getFieldNames();
    }

    private static GovernedSchema schema(String column) {
        return new GovernedSchema(
                "one fingerprint",
                List.of(new GovernedSchema.Table(
                        new DatasetName("hospital", "person"),
                        "",
                        List.of(new GovernedSchema.Column(column, ColumnType.of(SqlType.TEXT), true, "")),
                        List.of(),
                        List.of())));
    }
}
