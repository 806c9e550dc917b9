package io.weir.policy.load;

import io.weir.policy.Column;
import io.weir.policy.ColumnClass;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.DatePart;
import io.weir.policy.DateUnit;
import io.weir.policy.Domain;
import io.weir.policy.Generalisation;
import io.weir.policy.Grid;
import io.weir.query.type.SqlType;
import io.weir.yaml.YamlSection;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;

/** What a column's class and type allow. */
final class ColumnRules {
    private final Draft draft;

    ColumnRules(Draft draft) {
        this.draft = draft;
    }

    void check(Dataset.Kind kind, Column column, YamlSection section, String path) {
        boolean identifier = column.columnClass() == ColumnClass.IDENTIFIER;
        if (identifier && column.namespace() == null) {
            section.problem(
                    path, "an identifier needs a namespace", "add 'namespace:'; equal namespaces share pseudonyms");
        }
        if (!identifier && column.namespace() != null) {
            section.problem(path + ".namespace", "only identifiers have a namespace", "remove it");
        }
        if (identifier || column.columnClass() == ColumnClass.TEXT) {
            closed(column, section, path);
        }
        if (column.type().type().isOpaque()) {
            opaque(column, section, path);
        }
        BigDecimal step = column.roundingStep();
        if (step != null && !isOneTwoFive(step)) {
            section.problem(path + ".roundingStep", "not 1, 2 or 5 times a power of ten", "write 10, 20, 50, 100 …");
        }
        if (step != null && !column.type().type().isNumber()) {
            section.problem(path + ".roundingStep", "only numbers are summed", "remove it");
        }
        generalisation(column.aggregateView(), column, section, path + ".aggregateView");
        generalisation(column.rowView(), column, section, path + ".rowView");
        grid(column, section, path + ".grid");
        parts(kind, column, section, path + ".parts");
        if (column.domain() instanceof Domain.Reference(DatasetName dataset, String name)) {
            reference(dataset, section, path + ".domain", name);
        }
        if (column.domain() instanceof Domain.Period period) {
            period(kind, period, column, section, path + ".domain");
        }
    }

    private static void period(
            Dataset.Kind kind, Domain.Period period, Column column, YamlSection section, String path) {
        boolean fits = column.type().type() == SqlType.DATE
                && kind == Dataset.Kind.PERSONAL
                && column.grid() instanceof Grid.Dates(DateUnit unit)
                && begins(period.from(), unit)
                && begins(period.until(), unit)
                && period.from().isBefore(period.until());
        if (!fits) {
            section.problem(
                    path,
                    "a period is for dates about people with a grid of dates, from one day on the grid until a later one",
                    "write first days of the grid's unit: {from: 2020-01-01, until: 2026-01-01}");
        }
    }

    /** A weekday beside weeks would be the day; whoever means that writes a grid of days. */
    private static void parts(Dataset.Kind kind, Column column, YamlSection section, String path) {
        if (column.parts().isEmpty()) {
            return;
        }
        boolean date = isDate(column.type().type())
                && kind == Dataset.Kind.PERSONAL
                && (column.columnClass() == ColumnClass.QUASI || column.columnClass() == ColumnClass.ATTRIBUTE)
                && !(column.aggregateView() instanceof Generalisation.Withhold)
                && column.grid() instanceof Grid.Dates;
        if (!date) {
            section.problem(
                    path,
                    "parts are granted of dates about people that have a grid of dates",
                    "remove it, or write 'grid: {dates: month}'");
        }
        if (column.parts().contains(DatePart.HOUR) && column.type().type() == SqlType.DATE) {
            section.problem(path, "a date has no hour", "write [weekday], or grant the hour of a timestamp");
        }
        if (column.parts().contains(DatePart.WEEKDAY)
                && column.grid() instanceof Grid.Dates(DateUnit unit)
                && unit == DateUnit.WEEK) {
            section.problem(
                    path,
                    "a week and a weekday are a day",
                    "write 'grid: {dates: day}' when days may be told, or a grid of months");
        }
    }

    private static boolean begins(LocalDate day, DateUnit unit) {
        return switch (unit) {
            case DAY -> true;
            case WEEK -> day.getDayOfWeek() == DayOfWeek.MONDAY;
            case MONTH -> day.getDayOfMonth() == 1;
            case QUARTER -> day.getDayOfMonth() == 1 && day.getMonthValue() % 3 == 1;
            case YEAR -> day.getDayOfYear() == 1;
        };
    }

    /** Values that nobody can compare or coarsen may tell anything: closed but for classes that are handed on, or not, as a whole. */
    private static void opaque(Column column, YamlSection section, String path) {
        String name = column.type().type().sqlName();
        switch (column.columnClass()) {
            case IDENTIFIER ->
                section.problem(
                        path + ".class",
                        "values of type " + name + " cannot be made pseudonyms",
                        "write 'class: text', which never leaves, or have the source offer the identifier as a column of its own");
            case QUASI ->
                section.problem(
                        path + ".class",
                        "values of type " + name + " cannot be generalised",
                        "write 'class: text', which never leaves, or have the source offer what is needed as plain columns");
            case ATTRIBUTE, TEXT, PUBLIC -> {}
        }
        if (!(column.domain() instanceof Domain.Open)) {
            section.problem(path + ".domain", "values of type " + name + " are never compared", "remove the domain");
        }
    }

    private static void closed(Column column, YamlSection section, String path) {
        String what = column.columnClass() == ColumnClass.TEXT ? "free text" : "an identifier";
        if (!(column.grid() instanceof Grid.NoRanges)) {
            section.problem(path + ".grid", what + " is never compared by range", "remove the grid");
        }
        if (column.roundingStep() != null) {
            section.problem(path + ".roundingStep", what + " is never summed", "remove it");
        }
        if (!(column.domain() instanceof Domain.Open)) {
            section.problem(path + ".domain", what + " has no declared values", "remove the domain");
        }
    }

    private void generalisation(Generalisation view, Column column, YamlSection section, String path) {
        SqlType type = column.type().type();
        boolean fits = switch (view) {
            case Generalisation.None none -> true;
            case Generalisation.Withhold withhold -> true;
            case Generalisation.DateGrain grain -> isDate(type);
            case Generalisation.Width width -> type.isNumber();
            case Generalisation.Bands bands -> type.isNumber();
            case Generalisation.Prefix prefix -> type.isText();
            case Generalisation.Lookup(DatasetName dataset, String from, String to) ->
                reference(dataset, section, path, from, to);
        };
        if (!fits) {
            section.problem(path, "does not fit type " + type.sqlName(), "use a generalisation of this type");
        }
    }

    private static void grid(Column column, YamlSection section, String path) {
        SqlType type = column.type().type();
        boolean fits = switch (column.grid()) {
            case Grid.NoRanges none -> true;
            case Grid.Dates(DateUnit unit) -> isDate(type) && !finer(unit, column.aggregateView());
            case Grid.Step step -> type.isNumber();
            case Grid.OneTwoFive oneTwoFive -> type.isNumber();
            case Grid.Bounds bounds -> type.isNumber();
            case Grid.CodePrefix prefix -> type.isText();
        };
        if (!fits) {
            section.problem(
                    path,
                    "does not fit the type, or is finer than what analysts see",
                    "choose a grid of the type " + type.sqlName() + ", not finer than aggregateView");
        }
    }

    private static boolean finer(DateUnit unit, Generalisation view) {
        return view instanceof Generalisation.DateGrain(DateUnit grain) && unit.compareTo(grain) < 0;
    }

    /** True always: what is wrong has been reported. */
    private boolean reference(DatasetName name, YamlSection section, String path, String... columns) {
        if (!draft.datasets.check(name, section, path)) {
            return true;
        }
        Dataset dataset = draft.datasets.get(name);
        if (dataset == null) {
            return true;
        }
        if (dataset.kind() != Dataset.Kind.REFERENCE) {
            section.problem(path, name + " is about people", "name a reference dataset");
        }
        for (String column : columns) {
            if (dataset.column(column).isEmpty()) {
                AgreementReader.unknownColumn(section, path, dataset, column);
            }
            compared(dataset, column, section, path);
        }
        return true;
    }

    /** A column that rows are found, linked or limited by has a type whose values can be compared. */
    static void compared(Dataset dataset, String column, YamlSection section, String path) {
        dataset.column(column)
                .filter(c -> c.type().type().isOpaque())
                .ifPresent(c -> section.problem(
                        path,
                        "%s.%s is of type %s, whose values are never compared"
                                .formatted(
                                        dataset.name(), column, c.type().type().sqlName()),
                        "name a column of a plain type"));
    }

    private static boolean isDate(SqlType type) {
        return type == SqlType.DATE || type == SqlType.TIMESTAMP || type == SqlType.TIMESTAMPTZ;
    }

    static boolean isOneTwoFive(BigDecimal step) {
        int digit = step.stripTrailingZeros().unscaledValue().intValue();
        return step.signum() > 0 && (digit == 1 || digit == 2 || digit == 5);
    }
}
