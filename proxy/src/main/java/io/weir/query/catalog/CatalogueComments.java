package io.weir.query.catalog;

import io.weir.policy.Column;
import io.weir.policy.Dataset;
import io.weir.policy.DateUnit;
import io.weir.policy.Domain;
import io.weir.policy.Generalisation;
import io.weir.policy.Grant;
import io.weir.policy.Grid;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Comments on governed tables and columns: what it is, how coarse it is, what may be asked. For people, in {@code \d+} and browsers. */
final class CatalogueComments {
    private CatalogueComments() {}

    /** @param several whether the project's datasets lie in several sources, so that it matters in which */
    static String table(Dataset dataset, Grant.Mode mode, boolean several) {
        String permitted = switch (dataset.kind()) {
            case REFERENCE -> "Reference data: no restriction.";
            case PERSONAL ->
                switch (mode) {
                    case AGGREGATE ->
                        "Personal data, aggregate mode: ask for counts and other aggregates; small groups are hidden.";
                    case ROW_LEVEL -> "Personal data, row_level mode: rows with pseudonyms and generalised values.";
                };
        };
        String source = several ? "Lies in source " + dataset.source() + "." : "";
        return join(List.of(dataset.description(), permitted, source));
    }

    static String column(Dataset dataset, Column column, Generalisation view, Grant.Mode mode) {
        List<String> sentences = new ArrayList<>();
        sentences.add(column.description());
        switch (column.columnClass()) {
            case IDENTIFIER ->
                sentences.add(
                        switch (mode) {
                            case AGGREGATE -> "Identifier: join on declared links and count distinct; never a value.";
                            case ROW_LEVEL -> "Identifier: shown as a pseudonym of this project.";
                        });
            case TEXT -> sentences.add("Free text: always NULL.");
            case QUASI -> {
                sentences.add("Quasi-identifier.");
                values(sentences, column, view);
            }
            case ATTRIBUTE -> {
                sentences.add("Attribute.");
                values(sentences, column, view);
            }
            case PUBLIC -> {
                if (dataset.kind() == Dataset.Kind.PERSONAL) {
                    sentences.add("Public: says nothing about a person.");
                    values(sentences, column, view);
                }
            }
        }
        return join(sentences);
    }

    private static void values(List<String> sentences, Column column, Generalisation view) {
        sentences.add(generalisation(view));
        sentences.add(
                column.type().type().isOpaque()
                        ? "Counted and asked for NULL; never compared or computed with."
                        : grid(column.grid()));
        sentences.add(parts(column));
        sentences.add(domain(column.domain()));
        BigDecimal step = column.roundingStep();
        if (step != null) {
            sentences.add("Sums are rounded to " + step.toPlainString() + ".");
        }
    }

    private static String generalisation(Generalisation view) {
        return switch (view) {
            case Generalisation.None ignored -> "";
            case Generalisation.DateGrain(DateUnit unit) -> "Coarsened to the first day of the " + word(unit) + ".";
            case Generalisation.Width(BigDecimal width) ->
                "Coarsened to multiples of " + width.toPlainString() + " (lower bound).";
            case Generalisation.Bands(List<BigDecimal> bounds) ->
                "Coarsened to bands with lower bounds " + list(bounds) + ".";
            case Generalisation.Prefix(int length) -> "Coarsened to the first " + length + " characters.";
            case Generalisation.Lookup lookup ->
                "Coarsened to " + lookup.to() + " of " + lookup.dataset() + "; NULL when not listed there.";
            case Generalisation.Withhold ignored -> "Withheld: always NULL.";
        };
    }

    private static String grid(Grid grid) {
        return switch (grid) {
            case Grid.NoRanges ignored -> "Compare with = and IN; no ranges.";
            case Grid.Dates(DateUnit unit) -> "Range bounds: first days of a " + word(unit) + ".";
            case Grid.Step(BigDecimal step) -> "Range bounds: multiples of " + step.toPlainString() + ".";
            case Grid.OneTwoFive ignored -> "Range bounds: 0 and 1, 2, 5 times a power of ten.";
            case Grid.Bounds(List<BigDecimal> bounds) -> "Range bounds: " + list(bounds) + ".";
            case Grid.CodePrefix(int length) -> "LIKE 'prefix%' from " + length + " characters on; no other range.";
        };
    }

    private static String parts(Column column) {
        return column.parts().isEmpty()
                ? ""
                : "Also: "
                        + column.parts().stream()
                                .sorted()
                                .map(part -> switch (part) {
                                    case WEEKDAY -> "the weekday";
                                    case HOUR -> "the hour";
                                })
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    private static String domain(Domain domain) {
        return switch (domain) {
            case Domain.Open ignored -> "";
            case Domain.Values(List<String> values) ->
                values.size() <= 20 ? "Values: " + String.join(", ", values) + "." : "";
            case Domain.Period(LocalDate from, LocalDate until) ->
                "From " + from + " until " + until + "; no others are here.";
            case Domain.Reference reference -> "Values: " + reference.column() + " of " + reference.dataset() + ".";
        };
    }

    private static String list(List<BigDecimal> bounds) {
        return bounds.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(", "));
    }

    private static String word(DateUnit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    private static String join(List<String> sentences) {
        return sentences.stream()
                .filter(s -> !s.isBlank())
                .map(String::strip)
                .map(CatalogueComments::ended)
                .collect(Collectors.joining(" "));
    }

    /** Descriptions of the policy are written without a full stop. */
    private static String ended(String sentence) {
        return ".!?".indexOf(sentence.charAt(sentence.length() - 1)) < 0 ? sentence + "." : sentence;
    }
}
