package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import java.util.function.Consumer;

/** Parts and beginnings of dates in PostgreSQL's SQL: NULL outside years 1 to 9999. */
final class PostgresDates {
    private final SqlText out;
    private final Consumer<Expr> write;

    /** @param write writes an expression to the same text */
    PostgresDates(SqlText out, Consumer<Expr> write) {
        this.out = out;
        this.write = write;
    }

    void date(Expr argument) {
        out.append("CAST(");
        write.accept(argument);
        out.append(" AS date)");
    }

    void timestamp(Expr argument) {
        out.append("CAST(");
        write.accept(argument);
        out.append(" AS timestamp)");
    }

    /** Whether a date can be computed with: years 1 to 9999, finite. */
    void usable(Expr argument) {
        out.append("(");
        write.accept(argument);
        out.append(" >= DATE '0001-01-01' AND ");
        write.accept(argument);
        out.append(" < DATE '9999-01-01')");
    }

    void part(String part, Expr argument) {
        out.append("CASE WHEN ");
        usable(argument);
        out.append(" THEN EXTRACT(").append(part).append(" FROM ");
        write.accept(argument);
        out.append(") END");
    }

    void truncate(String unit, Expr argument) {
        out.append("CASE WHEN ");
        usable(argument);
        out.append(" THEN date_trunc('").append(unit).append("', ");
        timestamp(argument);
        out.append(") END");
    }

    /** @param format of to_char */
    void text(Expr argument, Expr format) {
        out.append("CASE WHEN ");
        usable(argument);
        out.append(" THEN to_char(");
        timestamp(argument);
        out.append(", ");
        write.accept(format);
        out.append(") END");
    }
}
