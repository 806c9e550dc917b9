package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.catalog.shadow.ShadowLimits;
import io.weir.query.session.statement.SessionStatement;
import io.weir.query.session.statement.StatementReader;
import io.weir.query.session.statement.StatementText;
import io.weir.query.type.SqlType;
import io.weir.query.wire.FrameLimits;
import io.weir.query.wire.FrontendMessage;
import io.weir.query.wire.type.TypeCodec;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/reference/wire-support.md is generated: from the messages, statements, settings, types, problems and limits in the code, and from
 * the checks of the clients. What cannot be read from the code is written in {@code wire-support.properties}; a text that is missing there, or that nothing needs,
 * is a failure.
 */
class WireSupportReferenceTest {
    private static final Path PAGE = Path.of("../docs/reference/wire-support.md");
    private static final Path CLIENTS = Path.of("src/test/resources/clients");
    private static final Pattern CHECK = Pattern.compile(
            "^(?:@(?:check|with_connection\\(.*\\))\\R(?:async )?def (\\w+)|  (?:async )?(\\w+)(?:\\(\\) \\{| = function\\(\\)))",
            Pattern.MULTILINE);

    private final StringBuilder page = new StringBuilder();
    private final Map<String, String> texts = texts();

    @Test
    void referencePageTellsWhatTheWireSpeaks() throws IOException {
        page.append("# What the wire speaks\n\n")
                .append(
                        "Generated from the code: do not edit. Weir speaks PostgreSQL's protocol, versions 3.0 and 3.2, as PostgreSQL 16 does;")
                .append(
                        " what is refused is refused with an SQLSTATE and a hint, and the session lives on unless it says otherwise.\n");
        messages();
        statements();
        settings();
        types();
        problems();
        limits();
        clients();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.toString());
        }
        assertThat(texts.keySet()).as("texts that nothing needs").isEmpty();
        assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
    }

    private void messages() {
        table("Messages of the client", "message", "what Weir does");
        for (Class<?> message : FrontendMessage.class.getPermittedSubclasses()) {
            row(message.getSimpleName(), text("message." + message.getSimpleName()));
        }
        page.append(
                        "\nA message of an authenticated client that came whole and cannot be read is an error of that message only, as in")
                .append(
                        " PostgreSQL: 22021 for a text that is not UTF-8, 22023 for an unknown format, else 08P01. A kind that does not exist and a")
                .append(" length that is not true end the session.\n");
    }

    /** Every command of PostgreSQL 16 is read as a session reads it. */
    private void statements() {
        table("SQL commands", "command", "what Weir does");
        Map<String, List<String>> served = new LinkedHashMap<>();
        Map<String, List<String>> refused = new LinkedHashMap<>();
        for (String sample : text("statements").split(";")) {
            String sql = sample.strip();
            SessionStatement read =
                    StatementReader.read(StatementText.split(sql).get(0));
            if (read instanceof SessionStatement.Refused(var problem)) {
                String hint = problem.hint() == null ? "" : ": " + problem.hint();
                refused.computeIfAbsent("refused, " + problem.code().sqlState() + hint, key -> new ArrayList<>())
                        .add(verb(sql));
            } else {
                served.computeIfAbsent(
                                text("statement." + read.getClass().getSimpleName(), true), key -> new ArrayList<>())
                        .add("`" + sql + "`");
            }
        }
        served.forEach((what, samples) -> row(String.join(", ", samples), what));
        refused.forEach(
                (what, verbs) -> row(String.join(", ", verbs.stream().distinct().toList()), what));
        used("statement.");
    }

    /** The words in capitals at the beginning, or all of it where some forms of the command are served. */
    private static String verb(String sql) {
        Matcher words =
                Pattern.compile("(?!COPY|DECLARE|FETCH|SET)[A-Z]+( [A-Z]+)*").matcher(sql);
        return "`" + (words.lookingAt() ? words.group() : sql) + "`";
    }

    private void settings() {
        table("Settings", "setting", "begins as", "the client may change it", "changes are reported");
        for (Setting setting : Setting.values()) {
            row(
                    "`" + setting.sqlName() + "`",
                    setting == Setting.SEARCH_PATH || setting.initial().isEmpty() ? "" : "`" + setting.initial() + "`",
                    isFixed(setting) ? "" : "yes",
                    setting.isReported() ? "yes" : "");
        }
        page.append(
                "\nEvery other name is unknown (42704). A value that is not permitted is 22023, and says what is.\n");
    }

    private static boolean isFixed(Setting setting) {
        try {
            setting.canonical(setting.initial().isEmpty() ? "x" : setting.initial());
            return false;
        } catch (ProblemException notPermitted) {
            return true;
        }
    }

    private void types() {
        table("Types", "type", "OID", "text", "binary", "length of the binary form");
        for (SqlType type : SqlType.values()) {
            int length = TypeCodec.of(type).length();
            row(
                    "`" + type.sqlName() + "`",
                    "" + type.oid(),
                    "in and out",
                    "in and out",
                    length < 0 ? "varies" : "" + length);
        }
        page.append(
                "\nThese are the types of data and of its parameters. The catalogue's answers have whatever types PostgreSQL's catalogue has.\n");
    }

    private void problems() {
        table("Errors", "SQLSTATE", "code in the audit log", "sentence");
        for (ProblemCode code : ProblemCode.values()) {
            row("`" + code.sqlState() + "`", "`" + code.name() + "`", code.sentence());
        }
    }

    private void limits() throws IOException {
        table("Limits", "limit", "by default", "what happens beyond it");
        values(SessionLimits.standard());
        values(ShadowLimits.standard());
    }

    private void values(Record limits) {
        for (RecordComponent component : limits.getClass().getRecordComponents()) {
            Object value = valueOf(component, limits);
            if (value instanceof FrameLimits frames) {
                values(frames);
            } else {
                row("`" + component.getName() + "`", shown(value), text("limit." + component.getName()));
            }
        }
    }

    private static Object valueOf(RecordComponent component, Record limits) {
        try {
            return component.getAccessor().invoke(limits);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String shown(Object value) {
        if (value instanceof Duration time) {
            return time.toSeconds() % 3600 == 0 ? time.toHours() + " h" : time.toSeconds() + " s";
        }
        return value instanceof Boolean yes ? (yes ? "yes" : "no") : String.format("%,d", ((Number) value).longValue());
    }

    private void clients() throws IOException {
        page.append(
                "\n## Clients that are tested\n\nEach check runs in every build against a Weir with real sources.\n");
        try (var files = Files.list(CLIENTS)) {
            for (Path file : files.filter(path -> path.toString().contains("_checks."))
                    .sorted()
                    .toList()) {
                String program = file.getFileName().toString();
                page.append("\n### ").append(text("client." + program)).append("\n\n");
                int before = page.length();
                Matcher checks = CHECK.matcher(Files.readString(file));
                while (checks.find()) {
                    String name = checks.group(1) == null ? checks.group(2) : checks.group(1);
                    page.append("- ").append(name.replace('_', ' ')).append('\n');
                }
                assertThat(page.length()).as(program).isGreaterThan(before);
            }
        }
        page.append("\n### Others\n\n").append(text("clients")).append('\n');
    }

    private void table(String title, String... heads) {
        page.append("\n## ").append(title).append("\n\n");
        row(heads);
        page.append("|---".repeat(heads.length)).append("|\n");
    }

    private void row(String... cells) {
        page.append("| ")
                .append(String.join(" | ", cells).replaceAll("\\|(?=\\S)", "\\\\|"))
                .append(" |\n");
    }

    private String text(String key) {
        return text(key, false);
    }

    private String text(String key, boolean again) {
        String text = texts.get(key);
        assertThat(text).as("wire-support.properties has no " + key).isNotNull();
        if (!again) {
            texts.remove(key);
        }
        return text;
    }

    private void used(String prefix) {
        texts.keySet().removeIf(key -> key.startsWith(prefix) && page.indexOf(texts.get(key)) >= 0);
    }

    private static Map<String, String> texts() {
        Properties properties = new Properties();
        try (InputStream in = WireSupportReferenceTest.class.getResourceAsStream("wire-support.properties")) {
            properties.load(new java.io.InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        properties.forEach((key, value) -> texts.put(key.toString(), value.toString()));
        return texts;
    }
}
