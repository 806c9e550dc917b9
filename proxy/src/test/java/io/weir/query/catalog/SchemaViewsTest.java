package io.weir.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.identity.ProjectId;
import io.weir.policy.Agreement;
import io.weir.policy.Column;
import io.weir.policy.ColumnClass;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.DateUnit;
import io.weir.policy.Domain;
import io.weir.policy.Generalisation;
import io.weir.policy.Grant;
import io.weir.policy.Grid;
import io.weir.policy.Link;
import io.weir.policy.Missing;
import io.weir.policy.PolicySnapshot;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SchemaViewsTest {
    private static final DatasetName PERSON = new DatasetName("hospital", "person");
    private static final DatasetName STAY = new DatasetName("hospital", "stay");
    private static final DatasetName AREA = new DatasetName("reference", "area");

    private static Column column(
            String name, SqlType type, ColumnClass columnClass, @Nullable String namespace, Generalisation row) {
        return new Column(
                name,
                ColumnType.of(type),
                columnClass,
                "The " + name + ".",
                false,
                Missing.INFORMATIVE,
                namespace,
                new Generalisation.None(),
                row,
                new Grid.Dates(DateUnit.MONTH),
                new Domain.Open(),
                Set.of(),
                null);
    }

    private static Column column(String name, SqlType type, ColumnClass columnClass) {
        return column(name, type, columnClass, null, new Generalisation.None());
    }

    private static PolicySnapshot policy(String digest) {
        Dataset person = dataset(
                PERSON,
                Dataset.Kind.PERSONAL,
                List.of("nhs_number"),
                List.of(),
                column("nhs_number", SqlType.INT8, ColumnClass.IDENTIFIER, "nhs", new Generalisation.None()),
                column(
                        "area",
                        SqlType.TEXT,
                        ColumnClass.QUASI,
                        null,
                        new Generalisation.Lookup(AREA, "code", "region")),
                column("notes", SqlType.TEXT, ColumnClass.TEXT));
        Dataset stay = dataset(
                STAY,
                Dataset.Kind.PERSONAL,
                List.of("stay_id"),
                List.of(new Link(List.of("nhs_number"), PERSON, List.of("nhs_number"), true, Set.of())),
                column("stay_id", SqlType.INT4, ColumnClass.IDENTIFIER, "stay", new Generalisation.None()),
                column("nhs_number", SqlType.INT8, ColumnClass.IDENTIFIER, "nhs", new Generalisation.None()),
                column(
                        "admitted",
                        SqlType.DATE,
                        ColumnClass.QUASI,
                        null,
                        new Generalisation.DateGrain(DateUnit.MONTH)));
        Dataset area = dataset(
                AREA,
                Dataset.Kind.REFERENCE,
                List.of("code"),
                List.of(),
                column("code", SqlType.TEXT, ColumnClass.PUBLIC),
                column("region", SqlType.INT2, ColumnClass.PUBLIC));
        return new PolicySnapshot(
                digest,
                Map.of(),
                Map.of(PERSON, person, STAY, stay, AREA, area),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    private static Dataset dataset(
            DatasetName name, Dataset.Kind kind, List<String> key, List<Link> links, Column... columns) {
        return new Dataset(
                name,
                "s",
                name.schema(),
                name.name(),
                kind,
                "About.",
                "org",
                null,
                key,
                links,
                null,
                null,
                List.of(columns));
    }

    private static Agreement agreement(String id, Grant... grants) {
        LocalDate day = LocalDate.of(2026, 1, 1);
        return new Agreement(
                id,
                new ProjectId("p"),
                "t",
                List.of(),
                "x",
                List.of(),
                Map.of(),
                List.of(),
                day,
                day,
                List.of(),
                List.of(grants),
                List.of(),
                "profile",
                "profile",
                1,
                Set.of(),
                false,
                1);
    }

    private static Grant grant(DatasetName name, Grant.Mode mode, String... columns) {
        return new Grant(name, mode, Set.of(columns), null);
    }

    private static GovernedSchema.Table table(GovernedSchema schema, DatasetName name) {
        return schema.tables().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private final SchemaViews views = new SchemaViews();

    @Test
    void onlyGrantedDatasetsAndColumnsAreVisible() {
        GovernedSchema schema = views.of(policy("d"), agreement("a", grant(PERSON, Grant.Mode.AGGREGATE, "area")));
        assertThat(schema.tables())
                .extracting(GovernedSchema.Table::name)
                .containsExactly(PERSON, SchemaViews.MY_RELEASES);
        assertThat(table(schema, PERSON).columns())
                .extracting(GovernedSchema.Column::name)
                .containsExactly("area");
        assertThat(table(schema, PERSON).primaryKey()).isEmpty();
    }

    @Test
    void identifiersKeepTheirTypeInAggregatesAndBecomePseudonymsInRows() {
        GovernedSchema aggregate = views.of(
                policy("d"), agreement("a", grant(STAY, Grant.Mode.AGGREGATE, "stay_id", "nhs_number", "admitted")));
        assertThat(table(aggregate, STAY).columns())
                .extracting(GovernedSchema.Column::type)
                .containsExactly(ColumnType.of(SqlType.INT4), ColumnType.of(SqlType.INT8), ColumnType.of(SqlType.DATE));
        GovernedSchema rows = views.of(
                policy("d"), agreement("b", grant(STAY, Grant.Mode.ROW_LEVEL, "stay_id", "nhs_number", "admitted")));
        assertThat(table(rows, STAY).columns())
                .extracting(GovernedSchema.Column::type)
                .containsExactly(
                        ColumnType.of(SqlType.VARCHAR),
                        new ColumnType(SqlType.BPCHAR, 14),
                        ColumnType.of(SqlType.DATE));
        assertThat(table(rows, STAY).comment()).contains("row_level");
    }

    @Test
    void lookupsTakeTheTargetsTypeAndTextIsAlwaysNullable() {
        GovernedSchema rows =
                views.of(policy("d"), agreement("a", grant(PERSON, Grant.Mode.ROW_LEVEL, "area", "notes")));
        assertThat(table(rows, PERSON).columns())
                .extracting(GovernedSchema.Column::type)
                .containsExactly(ColumnType.of(SqlType.INT2), ColumnType.of(SqlType.TEXT));
        assertThat(table(rows, PERSON).columns())
                .extracting(GovernedSchema.Column::nullable)
                .containsExactly(true, true);
        assertThat(table(rows, PERSON).columns().get(0).comment()).contains("region of reference.area");
        assertThat(table(rows, PERSON).columns().get(1).comment()).contains("always NULL");
    }

    @Test
    void keysAppearOnlyWhenBothEndsAreVisible() {
        Grant stay = grant(STAY, Grant.Mode.AGGREGATE, "stay_id", "nhs_number");
        GovernedSchema alone = views.of(policy("d"), agreement("a", stay));
        assertThat(table(alone, STAY).primaryKey()).containsExactly("stay_id");
        assertThat(table(alone, STAY).foreignKeys()).isEmpty();
        GovernedSchema both =
                views.of(policy("d"), agreement("b", stay, grant(PERSON, Grant.Mode.AGGREGATE, "nhs_number")));
        assertThat(table(both, STAY).foreignKeys())
                .containsExactly(new GovernedSchema.ForeignKey(List.of("nhs_number"), PERSON, List.of("nhs_number")));
    }

    @Test
    void theFingerprintTellsContentsApartAndNothingElse() {
        Grant person = grant(PERSON, Grant.Mode.AGGREGATE, "area");
        Grant area = grant(AREA, Grant.Mode.AGGREGATE, "code", "region");
        String one = views.of(policy("d"), agreement("a", person, area)).fingerprint();
        assertThat(one).matches("[0-9a-f]{64}");
        assertThat(views.of(policy("later"), agreement("other", area, person)).fingerprint())
                .isEqualTo(one);
        assertThat(views.of(policy("d"), agreement("c", person)).fingerprint()).isNotEqualTo(one);
        assertThat(views.of(policy("d"), agreement("e", grant(PERSON, Grant.Mode.ROW_LEVEL, "area"), area))
                        .fingerprint())
                .isNotEqualTo(one);
    }
}
