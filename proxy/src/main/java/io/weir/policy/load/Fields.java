package io.weir.policy.load;

import io.weir.policy.DatasetName;
import io.weir.policy.RowFilter;
import io.weir.policy.RowFilter.Condition;
import io.weir.policy.SecretReference;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import io.weir.yaml.YamlSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values that several kinds of files share. */
final class Fields {
    static final DatasetName NO_DATASET = new DatasetName("unknown", "unknown");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern TYPE =
            Pattern.compile("([a-z0-9_ ]+?)\\s*(?:\\(\\s*(\\d{1,4})\\s*(?:,\\s*(\\d{1,3})\\s*)?\\))?\\s*(\\[])?");

    private Fields() {}

    /** An id as written in lower case: letters, digits, dot, underscore, hyphen. */
    static String id(String text) {
        if (!ID.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an id; use a-z, 0-9, '.', '_' and '-'");
        }
        return text;
    }

    /** A name in SQL that needs no quotes. */
    static String sqlName(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a plain SQL name; use a-z, 0-9 and '_', starting with a letter");
        }
        return text;
    }

    static DatasetName datasetName(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("'" + text + "' is not schema.name");
        }
        return new DatasetName(sqlName(text.substring(0, dot)), sqlName(text.substring(dot + 1)));
    }

    /** A type as in SQL: {@code varchar(40)}, {@code numeric(10,2)}, {@code date}, {@code text[]}. */
    static ColumnType type(String text) {
        Matcher matcher = TYPE.matcher(text);
        Optional<SqlType> type = matcher.matches() ? SqlType.byName(matcher.group(1)) : Optional.empty();
        if (type.isPresent() && matcher.group(4) != null) {
            ColumnType element = modified(type.get(), matcher);
            return SqlType.arrayOf(element.type())
                    .map(array -> new ColumnType(array, element.typmod()))
                    .orElseThrow(
                            () -> new IllegalArgumentException("write one pair of brackets, whatever its dimensions"));
        }
        if (type.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a type that Weir knows, such as integer, numeric(10,2), "
                            + "varchar(40), date, boolean, jsonb, integer[]");
        }
        return modified(type.get(), matcher);
    }

    private static ColumnType modified(SqlType type, Matcher matcher) {
        if (matcher.group(2) == null) {
            return ColumnType.of(type);
        }
        int first = Integer.parseInt(matcher.group(2));
        int second = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return switch (type) {
            case NUMERIC -> new ColumnType(SqlType.NUMERIC, (first << 16 | second) + 4);
            case VARCHAR, BPCHAR -> new ColumnType(type, first + 4);
            default -> throw new IllegalArgumentException("type " + type.sqlName() + " takes no length");
        };
    }

    /** {@code {env: NAME}} or {@code {file: path}}; a secret in the file itself is refused. */
    static SecretReference secret(YamlSection section, String key) {
        SecretReference none = new SecretReference.Env("UNSET");
        if (section.isWord(key)) {
            section.problem(
                    key,
                    "a secret must not stand in the policy",
                    "write {env: VARIABLE} or {file: path}, and change the secret: it has been in a file that people keep in git");
            return none;
        }
        Optional<YamlSection> reference = section.section(key);
        if (reference.isEmpty()) {
            return none;
        }
        YamlSection r = reference.get();
        Optional<SecretReference> env = r.optional("env", Fields::variable).map(SecretReference.Env::new);
        Optional<SecretReference> file = r.optionalText("file").map(SecretReference.File::new);
        r.end();
        if (env.isPresent() == file.isPresent()) {
            r.problem("", "a secret is found in one place", "write either {env: VARIABLE} or {file: path}");
            return none;
        }
        return env.or(() -> file).orElse(none);
    }

    private static String variable(String text) {
        if (!text.matches("[A-Z_][A-Z0-9_]{0,127}")) {
            throw new IllegalArgumentException("this is not the name of an environment variable");
        }
        return text;
    }

    /** A list of conditions that must all hold; null when the key is missing. */
    static @Nullable RowFilter rowFilter(YamlSection section, String key) {
        if (!section.has(key)) {
            return null;
        }
        List<Condition> conditions = new ArrayList<>();
        for (YamlSection c : section.sections(key)) {
            String column = c.parsed("column", "", Fields::sqlName);
            List<String> in = c.optionalList("in", t -> t);
            String from = c.optionalText("from").orElse(null);
            String until = c.optionalText("until").orElse(null);
            c.end();
            boolean range = from != null || until != null;
            if (range == !in.isEmpty()) {
                c.problem(
                        "", "a condition is a list of values or a range", "write 'in: [...]', or 'from:' and 'until:'");
            } else {
                conditions.add(range ? new Condition.Range(column, from, until) : new Condition.In(column, in));
            }
        }
        if (conditions.isEmpty()) {
            section.problem(key, "a row filter needs at least one condition", "add one, or remove '" + key + "'");
        }
        return new RowFilter(conditions);
    }
}
