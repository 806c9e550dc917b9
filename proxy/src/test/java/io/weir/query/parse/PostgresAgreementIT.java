package io.weir.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.embedded.TestPostgres;
import io.weir.problem.Outcome;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.junit.jupiter.api.Test;

/** Labels and types of every accepted statement of the corpus, against a real PostgreSQL; what differs is written down. */
class PostgresAgreementIT {
    private static final Path GOLDEN = Path.of("src/test/resources/corpus/differences.golden");

    @Test
    void labelsAndTypesAreThoseOfPostgresButForTheRecordedDifferences() throws SQLException, IOException {
        GovernedSchema schema = OmopSchema.schema();
        TestPostgres.TestDatabase database = TestPostgres.createDatabase();
        database.run("CREATE SCHEMA cdm", "ALTER DATABASE " + database.name() + " SET search_path = cdm");
        for (GovernedSchema.Table table : schema.tables()) {
            database.run(ddl(table));
        }
        List<String> differences = new ArrayList<>();
        int compared = 0;
        try (SqlFrontEnd frontEnd = new SqlFrontEnd();
                Connection connection = database.connect()) {
            for (String file : List.of("idiom", "hazard")) {
                for (Map.Entry<String, String> entry :
                        CorpusTest.statements(file).entrySet()) {
                    Outcome<ParsedQuery> outcome = frontEnd.parse(entry.getValue(), schema, List.of());
                    if (outcome instanceof Outcome.Value<ParsedQuery>(ParsedQuery query)) {
                        compared++;
                        String ours = ours(query);
                        String theirs = theirs(connection, entry.getValue());
                        if (!ours.equals(theirs)) {
                            differences.add(entry.getKey() + "\n  weir     " + ours + "\n  postgres " + theirs);
                        }
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(200);
        String actual = String.join("\n", differences) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(GOLDEN));
    }

    private static String ours(ParsedQuery query) {
        List<String> columns = new ArrayList<>();
        List<RelDataTypeField> fields = query.tree().getRowType().getFieldList();
        for (int i = 0; i < fields.size(); i++) {
            columns.add(query.labels().get(i) + " "
                    + SqlTypes.of(fields.get(i).getType()).type().oid());
        }
        return String.join(", ", columns);
    }

    private static String theirs(Connection connection, String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql.replaceAll("\\$\\d+", "?"))) {
            ResultSetMetaData meta = statement.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(meta.getColumnLabel(i) + " " + oid(meta.getColumnTypeName(i)));
            }
            return String.join(", ", columns);
        } catch (SQLException e) {
            return "error " + e.getSQLState();
        }
    }

    private static int oid(String typeName) {
        return SqlType.byName(typeName).map(SqlType::oid).orElse(0);
    }

    private static String ddl(GovernedSchema.Table table) {
        String columns = table.columns().stream()
                .map(c -> "\"" + c.name() + "\" " + type(c.type()) + (c.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
        return "CREATE TABLE cdm.%s (%s, PRIMARY KEY (%s))"
                .formatted(table.name().name(), columns, String.join(", ", table.primaryKey()));
    }

    private static String type(ColumnType type) {
        int modifier = type.typmod() - 4;
        if (type.typmod() < 0) {
            return type.type().sqlName();
        }
        return type.type() == SqlType.NUMERIC
                ? "numeric(%d,%d)".formatted(modifier >> 16, modifier & 0xffff)
                : type.type().sqlName() + "(" + modifier + ")";
    }
}
