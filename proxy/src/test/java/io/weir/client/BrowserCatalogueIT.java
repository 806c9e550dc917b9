package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.RunningWeir;
import io.weir.query.catalog.shadow.PlainPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/**
 * What graphical browsers (DBeaver and its kind) and loaders of types (Npgsql) ask the catalogue, through Weir and against an ordinary
 * PostgreSQL with the same tables. The questions are ours, in the shape of theirs.
 */
class BrowserCatalogueIT {
    private static final String LABELS = "labels: ";

    @Test
    void browsersAreAnsweredAsByAnOrdinaryPostgresqlOrTheDifferenceHasAReason() throws Exception {
        BothCatalogues.compare("browser_differences.txt", BrowserCatalogueIT::answers);
    }

    /** All in one message, as Npgsql sends its four when it connects. */
    @Test
    void severalQuestionsOfOneMessageAreAnsweredInTheirOrder() throws Exception {
        List<String> questions =
                questions().stream().filter(q -> !q.startsWith(LABELS)).toList();
        try (Connection connection = RunningWeir.shared().connect(PlainPostgres.USER, BothCatalogues.PROJECT);
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(String.join(";\n", questions));
            int answered = 0;
            while (rows) {
                answered++;
                rows = statement.getMoreResults();
            }
            assertThat(answered).isEqualTo(questions.size());
        }
    }

    private static List<String> questions() throws IOException {
        return Files.readAllLines(Path.of(ClientProgram.resource("browser_queries.txt"))).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
    }

    private static Map<String, List<String>> answers(Connection connection) throws IOException {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (String question : questions()) {
            answers.put(question, answer(connection, question));
        }
        return answers;
    }

    private static List<String> answer(Connection connection, String question) {
        boolean labels = question.startsWith(LABELS);
        try (PreparedStatement statement =
                        connection.prepareStatement(labels ? question.substring(LABELS.length()) : question);
                ResultSet rows = statement.executeQuery()) {
            ResultSetMetaData columns = rows.getMetaData();
            StringJoiner first = new StringJoiner(" ");
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                first.add(columns.getColumnLabel(i) + ":" + columns.getColumnTypeName(i));
            }
            List<String> lines = new ArrayList<>();
            lines.add(first.toString());
            if (labels) {
                lines.add(rows.next() ? "rows" : "no rows");
                return lines;
            }
            while (rows.next()) {
                StringJoiner line = new StringJoiner("|");
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    line.add(String.valueOf(rows.getString(i)).replace("\n", " "));
                }
                lines.add(line.toString());
            }
            return lines;
        } catch (SQLException refused) {
            return List.of(
                    "! " + refused.getSQLState() + " " + refused.getMessage().replace("\n", " "));
        }
    }
}
