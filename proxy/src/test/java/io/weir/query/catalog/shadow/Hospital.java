package io.weir.query.catalog.shadow;

import io.weir.policy.DatasetName;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.catalog.GovernedSchema.Column;
import io.weir.query.catalog.GovernedSchema.ForeignKey;
import io.weir.query.catalog.GovernedSchema.Table;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.List;

/** Governed schemas for tests: a hospital of two tables and a reference. */
final class Hospital {
    static final DatasetName PERSON = new DatasetName("hospital", "person");
    static final DatasetName ADMISSION = new DatasetName("hospital", "admission");

    private Hospital() {}

    static GovernedSchema schema() {
        return GovernedSchema.of(List.of(admission(), person(), icd10(), myReleases()));
    }

    /** The same project after the policy took a column away. */
    static GovernedSchema narrower() {
        Table person = person();
        Table narrow = new Table(
                person.name(),
                person.comment(),
                person.columns().stream()
                        .filter(c -> !c.name().equals("ethnicity"))
                        .toList(),
                person.primaryKey(),
                person.foreignKeys());
        return GovernedSchema.of(List.of(admission(), narrow, icd10(), myReleases()));
    }

    /** What another project sees. */
    static GovernedSchema other() {
        return GovernedSchema.of(List.of(new Table(
                new DatasetName("secretunit", "undercover"),
                "not for others",
                List.of(new Column("code", ColumnType.of(SqlType.TEXT), true, "x")),
                List.of(),
                List.of())));
    }

    private static Table person() {
        return new Table(
                PERSON,
                "People, one row each. It's personal: \\ ask for aggregates.",
                List.of(
                        new Column("person_id", new ColumnType(SqlType.VARCHAR, -1), false, "identifier"),
                        new Column("birth_year", ColumnType.of(SqlType.INT4), true, "quasi"),
                        new Column("ethnicity", new ColumnType(SqlType.VARCHAR, 14), true, "quasi"),
                        new Column("notes", ColumnType.of(SqlType.TEXT), true, "free text: always NULL")),
                List.of("person_id"),
                List.of());
    }

    private static Table admission() {
        return new Table(
                ADMISSION,
                "Admissions.",
                List.of(
                        new Column("admission_id", ColumnType.of(SqlType.INT8), false, "identifier"),
                        new Column("person_id", new ColumnType(SqlType.VARCHAR, -1), false, "identifier"),
                        new Column("admitted", ColumnType.of(SqlType.DATE), false, "quasi"),
                        new Column("icd10", new ColumnType(SqlType.BPCHAR, 9), true, "attribute"),
                        new Column("cost", new ColumnType(SqlType.NUMERIC, (10 << 16 | 2) + 4), true, "attribute"),
                        new Column("seen_at", new ColumnType(SqlType.TIMESTAMPTZ, 3), true, "quasi")),
                List.of("admission_id"),
                List.of(new ForeignKey(List.of("person_id"), PERSON, List.of("person_id"))));
    }

    private static Table icd10() {
        return new Table(
                new DatasetName("reference", "icd10"),
                "ICD-10 chapters.",
                List.of(
                        new Column("code", ColumnType.of(SqlType.TEXT), true, "public"),
                        new Column("title", ColumnType.of(SqlType.TEXT), true, "public")),
                List.of("code"),
                List.of());
    }

    private static Table myReleases() {
        return new Table(
                new DatasetName("weir", "my_releases"),
                "Your release requests.",
                List.of(
                        new Column("request", ColumnType.of(SqlType.TEXT), true, "id"),
                        new Column("requested_at", ColumnType.of(SqlType.TIMESTAMPTZ), true, "when")),
                List.of(),
                List.of());
    }
}
