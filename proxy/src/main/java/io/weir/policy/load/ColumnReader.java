package io.weir.policy.load;

import io.weir.policy.Column;
import io.weir.policy.ColumnClass;
import io.weir.policy.DatePart;
import io.weir.policy.DateUnit;
import io.weir.policy.Domain;
import io.weir.policy.Generalisation;
import io.weir.policy.Grid;
import io.weir.policy.Missing;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import io.weir.yaml.Scalars;
import io.weir.yaml.YamlSection;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** Reads one column of a dataset. */
final class ColumnReader {
    private ColumnReader() {}

    static Column read(YamlSection s) {
        String name = s.parsed("name", "", Fields::sqlName);
        ColumnType type = s.parsed("type", ColumnType.of(SqlType.TEXT), Fields::type);
        ColumnClass columnClass = s.choice("class", ColumnClass.class);
        String description = s.text("description");
        boolean nullable = s.flag("nullable", true);
        Missing missing = s.choice("missing", Missing.class, Missing.INFORMATIVE);
        String namespace = s.optional("namespace", Fields::id).orElse(null);
        Generalisation aggregateView = generalisation(s, "aggregateView");
        Generalisation rowView = generalisation(s, "rowView");
        Grid grid = grid(s);
        Domain domain = domain(s);
        Set<DatePart> parts = Set.copyOf(s.optionalList("parts", word -> Scalars.choice(word, DatePart.class)));
        BigDecimal step = s.optional("roundingStep", Scalars::decimal).orElse(null);
        s.end();
        return new Column(
                name,
                type,
                columnClass,
                description,
                nullable,
                missing,
                namespace,
                aggregateView,
                rowView,
                grid,
                domain,
                parts,
                step);
    }

    private static Generalisation generalisation(YamlSection s, String key) {
        if (!s.has(key)) {
            return new Generalisation.None();
        }
        if (s.isWord(key)) {
            return s.parsed(key, new Generalisation.None(), ColumnReader::generalisationWord);
        }
        return s.section(key).map(ColumnReader::generalisationMap).orElse(new Generalisation.None());
    }

    private static Generalisation generalisationWord(String word) {
        return switch (word) {
            case "none" -> new Generalisation.None();
            case "withhold" -> new Generalisation.Withhold();
            default ->
                throw new IllegalArgumentException("'" + word
                        + "' is not a generalisation: none, withhold, {dateGrain: month}, {width: 5}, {bands: [0, 18, 65]}, {prefix: 3}, "
                        + "{lookup: {dataset, from, to}}");
        };
    }

    private static Generalisation generalisationMap(YamlSection g) {
        Generalisation result = new Generalisation.None();
        int found = 0;
        if (g.has("dateGrain")) {
            result = new Generalisation.DateGrain(g.choice("dateGrain", DateUnit.class));
            found++;
        }
        if (g.has("width")) {
            result = new Generalisation.Width(positive(g, "width"));
            found++;
        }
        if (g.has("bands")) {
            result = new Generalisation.Bands(ascending(g, "bands"));
            found++;
        }
        if (g.has("prefix")) {
            result = new Generalisation.Prefix(g.integer("prefix", 1, 40));
            found++;
        }
        if (g.has("lookup")) {
            result = g.section("lookup").map(ColumnReader::lookup).orElse(result);
            found++;
        }
        one(g, found);
        return result;
    }

    private static Generalisation lookup(YamlSection l) {
        Generalisation lookup = new Generalisation.Lookup(
                l.parsed("dataset", Fields.NO_DATASET, Fields::datasetName),
                l.parsed("from", "", Fields::sqlName),
                l.parsed("to", "", Fields::sqlName));
        l.end();
        return lookup;
    }

    private static Grid grid(YamlSection s) {
        if (!s.has("grid")) {
            return new Grid.NoRanges();
        }
        if (s.isWord("grid")) {
            return s.parsed("grid", new Grid.NoRanges(), ColumnReader::gridWord);
        }
        return s.section("grid").map(ColumnReader::gridMap).orElse(new Grid.NoRanges());
    }

    private static Grid gridWord(String word) {
        return switch (word) {
            case "none" -> new Grid.NoRanges();
            case "one-two-five" -> new Grid.OneTwoFive();
            default ->
                throw new IllegalArgumentException(
                        "'" + word
                                + "' is not a grid: none, one-two-five, {dates: month}, {step: 5}, {bounds: [18, 65]}, {codePrefix: 3}");
        };
    }

    private static Grid gridMap(YamlSection g) {
        Grid result = new Grid.NoRanges();
        int found = 0;
        if (g.has("dates")) {
            result = new Grid.Dates(g.choice("dates", DateUnit.class));
            found++;
        }
        if (g.has("step")) {
            result = new Grid.Step(positive(g, "step"));
            found++;
        }
        if (g.has("bounds")) {
            result = new Grid.Bounds(ascending(g, "bounds"));
            found++;
        }
        if (g.has("codePrefix")) {
            result = new Grid.CodePrefix(g.integer("codePrefix", 1, 40));
            found++;
        }
        one(g, found);
        return result;
    }

    private static Domain domain(YamlSection s) {
        if (!s.has("domain")) {
            return new Domain.Open();
        }
        if (s.isWord("domain")) {
            return s.parsed("domain", new Domain.Open(), ColumnReader::domainWord);
        }
        return s.section("domain").map(ColumnReader::domainMap).orElse(new Domain.Open());
    }

    private static Domain domainWord(String word) {
        if (word.equals("open")) {
            return new Domain.Open();
        }
        throw new IllegalArgumentException(
                "'" + word
                        + "' is not a domain: open, {values: [F, M]}, {reference: {dataset, column}}, {from: 2020-01-01, until: 2026-01-01}");
    }

    private static Domain domainMap(YamlSection d) {
        Domain result = new Domain.Open();
        int found = 0;
        if (d.has("values")) {
            result = new Domain.Values(d.texts("values"));
            found++;
        }
        if (d.has("reference")) {
            result = d.section("reference").map(ColumnReader::reference).orElse(result);
            found++;
        }
        if (d.has("from") || d.has("until")) {
            result = new Domain.Period(d.date("from"), d.date("until"));
            found++;
        }
        one(d, found);
        return result;
    }

    private static Domain reference(YamlSection r) {
        Domain reference = new Domain.Reference(
                r.parsed("dataset", Fields.NO_DATASET, Fields::datasetName), r.parsed("column", "", Fields::sqlName));
        r.end();
        return reference;
    }

    private static void one(YamlSection section, int found) {
        section.end();
        if (found > 1) {
            section.problem("", "one of these is expected, not " + found, "keep one");
        }
    }

    private static BigDecimal positive(YamlSection section, String key) {
        BigDecimal number = section.number(key);
        if (number.signum() <= 0) {
            section.problem(key, "'" + number.toPlainString() + "' is not above zero", "write a positive number");
        }
        return number;
    }

    private static List<BigDecimal> ascending(YamlSection section, String key) {
        List<BigDecimal> bounds = section.list(key, Scalars::decimal);
        for (int i = 1; i < bounds.size(); i++) {
            if (bounds.get(i).compareTo(bounds.get(i - 1)) <= 0) {
                section.problem(key + "[" + i + "]", "the bounds do not ascend", "sort them, each once");
            }
        }
        if (bounds.isEmpty()) {
            section.problem(key, "at least one bound is needed", "write [0, 18, 65]");
        }
        return bounds;
    }
}
