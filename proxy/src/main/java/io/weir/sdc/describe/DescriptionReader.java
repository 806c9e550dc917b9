package io.weir.sdc.describe;

import io.weir.disclosure.preset.Marker;
import io.weir.yaml.Scalars;
import io.weir.yaml.YamlProblems;
import io.weir.yaml.YamlReader;
import io.weir.yaml.YamlSection;
import io.weir.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the YAML that describes a CSV file. */
public final class DescriptionReader {
    private static final Set<Character> SEPARATORS = Set.of(',', ';', '\t', '|');

    private DescriptionReader() {}

    private enum FormName {
        CELLS,
        RECORDS
    }

    /**
     * @param file name for problems
     * @return empty after adding at least one problem
     */
    public static Optional<Description> read(String file, byte[] bytes, YamlProblems problems) {
        int before = problems.count();
        Optional<Description> description =
                YamlReader.read(file, bytes, problems).map(DescriptionReader::description);
        return problems.count() == before ? description : Optional.empty();
    }

    private static Description description(YamlSection s) {
        boolean records = s.choice("form", FormName.class) == FormName.RECORDS;
        Form form = records ? records(s) : cells(s);
        List<Dimension> dimensions = dimensions(s);
        Description description = new Description(
                form,
                s.optional("separator", DescriptionReader::separator).orElse(','),
                missing(s),
                dimensions,
                MeasureReader.measures(s, records),
                RelationReader.relations(s),
                margins(s, records),
                population(s, records),
                s.optionalList("earlier", text -> text),
                s.choice("absentRows", AbsentRows.class, AbsentRows.UNKNOWN),
                markers(s),
                s.optionalText("profile").orElse(null));
        s.end();
        distinctColumns(s, description);
        marginsFit(s, description);
        codesAreSeen(s, description);
        TotalsNamed.check(s, description);
        RelationReader.check(s, description);
        sizeFits(s, description);
        return description;
    }

    private static Form cells(YamlSection s) {
        return new Form.Cells(s.optionalText("units").orElse(null), s.flag("unitsInOneCell", false));
    }

    private static Form records(YamlSection s) {
        Optional<YamlSection> weight = s.optionalSection("weight");
        String weightColumn = null;
        boolean published = true;
        if (weight.isPresent()) {
            weightColumn = weight.get().text("column");
            published = weight.get().flag("published", true);
            weight.get().end();
            if (published) {
                s.problem(
                        "weight.published",
                        "who knows the weights can tell more of weighted sums than is looked at here",
                        "write published: false if nobody outside knows them, else leave weights and weighted sums out");
            }
        }
        return new Form.Records(
                s.text("unit"),
                s.optionalText("owner").orElse(null),
                s.optionalText("askedForProtection").orElse(null),
                weightColumn,
                published);
    }

    private static char separator(String text) {
        if (text.length() != 1 || !SEPARATORS.contains(text.charAt(0))) {
            throw new IllegalArgumentException("a separator is one of , ; | or a tab (\"\\t\")");
        }
        return text.charAt(0);
    }

    private static Set<String> missing(YamlSection s) {
        Set<String> missing = new LinkedHashSet<>(s.optionalList("missing", text -> text));
        missing.add("");
        return missing;
    }

    private static List<Dimension> dimensions(YamlSection s) {
        List<Dimension> dimensions = new ArrayList<>();
        for (YamlSection section : s.sections("dimensions")) {
            DimensionReader.dimension(section).ifPresent(dimensions::add);
        }
        if (!s.has("dimensions")) {
            s.problem("dimensions", "'dimensions' is missing", "list the columns with codes below 'dimensions:'");
        }
        return dimensions;
    }

    private static Margins margins(YamlSection s, boolean records) {
        YamlValue value = s.has("margins") ? s.value().entries().get("margins") : null;
        if (value instanceof YamlValue.Sequence list) {
            return new Margins.Some(someMargins(s, list));
        }
        String word = s.optionalText("margins").orElse(records ? "all" : "given");
        return switch (word) {
            case "all" -> new Margins.All();
            case "none" -> new Margins.None();
            case "given" -> {
                if (records) {
                    s.problem("margins", "records have no rows of margins", "write all, none, or a list of margins");
                }
                yield new Margins.Given();
            }
            default -> {
                s.problem("margins", "'" + word + "' is not one of given, all, none", "or list margins: [[sex], []]");
                yield new Margins.None();
            }
        };
    }

    private static List<List<String>> someMargins(YamlSection s, YamlValue.Sequence list) {
        List<List<String>> margins = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            if (list.items().get(i) instanceof YamlValue.Sequence columns
                    && columns.items().stream().allMatch(item -> item instanceof YamlValue.Scalar)) {
                margins.add(columns.items().stream()
                        .map(item -> ((YamlValue.Scalar) item).text())
                        .toList());
            } else {
                s.problem(
                        "margins[" + i + "]", "a list of columns is expected here", "write [sex], or [] for the total");
            }
        }
        return margins;
    }

    private static Population population(YamlSection s, boolean records) {
        if (!s.has("population")) {
            if (!records) {
                s.problem(
                        "population",
                        "'population' is missing",
                        "write total (nobody outside the table belongs to it), a number, {column: …} or unknown");
            }
            return new Population.OfTheTotal();
        }
        if (!s.isWord("population")) {
            Optional<YamlSection> section = s.section("population");
            String column = section.map(p -> p.text("column")).orElse("");
            section.ifPresent(YamlSection::end);
            if (records) {
                s.problem("population", "records have no column of the population", "write total or a number");
            }
            return new Population.Column(column);
        }
        return s.parsed("population", new Population.Unknown(), word -> switch (word) {
            case "total" -> new Population.OfTheTotal();
            case "unknown" -> new Population.Unknown();
            default -> new Population.Given(Scalars.wholeNumber(word, 1, Integer.MAX_VALUE));
        });
    }

    private static Map<String, Marker.Meaning> markers(YamlSection s) {
        Map<String, Marker.Meaning> markers = new LinkedHashMap<>();
        s.optionalSection("markers").ifPresent(section -> {
            for (String text : section.keys()) {
                Marker.Meaning meaning = section.choice(text, Marker.Meaning.class);
                String fault = MarkerText.fault(text).orElse(null);
                boolean below = meaning == Marker.Meaning.BELOW_THRESHOLD;
                if (fault != null) {
                    s.problem("markers", fault, "a file with such markers cannot be told from one with numbers");
                } else if (meaning == Marker.Meaning.LOOKS_LIKE_A_NUMBER) {
                    s.problem(
                            "markers", "'" + text + "' does not look like a number", "write hidden or below-threshold");
                } else if (below
                        && MarkerText.hasNumber(text)
                        && MarkerText.below(text).isEmpty()) {
                    s.problem("markers", "it is not known here what '" + text + "' says", "write <10, or below 10");
                }
                markers.put(text, meaning);
            }
        });
        return markers;
    }

    /** Combinations are many before anything is read. */
    private static void sizeFits(YamlSection s, Description description) {
        double cells = 1;
        double margins = 1;
        for (Dimension dimension : description.dimensions()) {
            cells *= Math.max(1, dimension.paths().size());
            margins *= dimension.depth() + 1.0;
        }
        if (cells > Description.MAX_ROWS || margins > Description.MAX_ROWS) {
            s.problem(
                    "dimensions",
                    "codes or margins have more combinations than a table has rows here (" + Description.MAX_ROWS + ")",
                    "describe tables of fewer dimensions, or coarser codes");
        }
    }

    /** A column that is a code cannot be a number, and two dimensions cannot share one. */
    private static void distinctColumns(YamlSection s, Description description) {
        Set<String> keys = new HashSet<>();
        for (String column : description.keyColumns()) {
            if (!keys.add(column)) {
                s.problem("dimensions", "the column '" + column + "' is in two places", "keep one");
            }
        }
        for (DescribedMeasure measure : description.measures()) {
            for (String column : measure.columns()) {
                if (keys.contains(column)) {
                    s.problem("measures", "the column '" + column + "' is a dimension and a measure", "keep one");
                }
            }
            if (keys.contains(measure.name())) {
                s.problem(
                        "measures", "'" + measure.name() + "' is the name of a column of codes", "rename the measure");
            }
        }
    }

    /** Fields are read without spaces that nobody sees, so that a code with some would never be found. */
    private static void codesAreSeen(YamlSection s, Description description) {
        Set<String> texts = new LinkedHashSet<>();
        for (Dimension dimension : description.dimensions()) {
            dimension.paths().forEach(texts::addAll);
            dimension.levels().stream()
                    .map(Dimension.Level::total)
                    .filter(java.util.Objects::nonNull)
                    .forEach(texts::add);
        }
        for (String text : texts) {
            if (!Spaces.plain(text).equals(text) || Spaces.hasLineBreak(text)) {
                s.problem(
                        "dimensions",
                        "the code '" + Spaces.plain(text) + "' has spaces that are not seen, or a line break",
                        "write it with plain spaces, and none at its ends");
            }
        }
    }

    private static void marginsFit(YamlSection s, Description description) {
        if (description.margins() instanceof Margins.Some some) {
            for (int i = 0; i < some.columns().size(); i++) {
                if (MarginPlan.of(description.dimensions(), some.columns().get(i))
                        .isEmpty()) {
                    s.problem(
                            "margins[" + i + "]",
                            "these are not columns of the dimensions, each with those above it",
                            "known are " + String.join(", ", MarginPlan.names(description.dimensions())));
                }
            }
        }
        boolean computed =
                !(description.margins() instanceof Margins.Given || description.margins() instanceof Margins.None);
        if (description.form() instanceof Form.Cells cells && computed && !cells.unitsInOneCell()) {
            s.problem(
                    "margins",
                    "margins of cells can be computed only if each unit stands in one cell",
                    "write unitsInOneCell: true if that is so, else give the margins in the file");
        }
        if (description.form() instanceof Form.Cells && description.margins() instanceof Margins.Some) {
            s.problem("margins", "of cells all margins are computed or none", "write given, all or none");
        }
    }

    /** A text, or null when the key is not there. */
    static @Nullable String textOrNull(YamlSection s, String key) {
        return s.optionalText(key).orElse(null);
    }
}
