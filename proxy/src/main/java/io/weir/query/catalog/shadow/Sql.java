package io.weir.query.catalog.shadow;

import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes names, literals and types into statements of our own. */
final class Sql {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private Sql() {}

    static String identifier(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a name cannot contain a zero byte");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A list of names as a setting holds it: quoted where they would not be read as they are. */
    static String names(List<String> names) {
        return names.stream()
                .map(name -> PLAIN.matcher(name).matches() ? name : identifier(name))
                .collect(Collectors.joining(", "));
    }

    static String literal(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text cannot contain a zero byte");
        }
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    /** The type as DDL writes it: {@code character varying(10)}, {@code numeric(8,2)}. */
    static String type(ColumnType column) {
        SqlType type = column.type();
        int typmod = column.typmod();
        Optional<SqlType> element = type.element();
        if (element.isPresent()) {
            return type(new ColumnType(element.get(), typmod)) + "[]";
        }
        return switch (type) {
            case VARCHAR -> typmod < 4 ? type.sqlName() : "character varying(" + (typmod - 4) + ")";
            case BPCHAR -> typmod < 4 ? "bpchar" : "character(" + (typmod - 4) + ")";
            case NUMERIC -> typmod < 4 ? type.sqlName() : numeric(typmod - 4);
            case TIME -> typmod < 0 ? type.sqlName() : "time(" + typmod + ") without time zone";
            case TIMESTAMP -> typmod < 0 ? type.sqlName() : "timestamp(" + typmod + ") without time zone";
            case TIMESTAMPTZ -> typmod < 0 ? type.sqlName() : "timestamp(" + typmod + ") with time zone";
            default -> type.sqlName();
        };
    }

    /** Scale is an eleven-bit signed number since PostgreSQL 15. */
    private static String numeric(int modifier) {
        int precision = modifier >>> 16 & 0xffff;
        int scale = ((modifier & 0x7ff) ^ 1024) - 1024;
        return "numeric(" + precision + "," + scale + ")";
    }
}
