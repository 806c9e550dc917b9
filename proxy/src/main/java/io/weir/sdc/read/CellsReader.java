package io.weir.sdc.read;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.Holdings;
import io.weir.disclosure.evidence.MissingUnits;
import io.weir.disclosure.evidence.Requests;
import io.weir.sdc.describe.DescribedMeasure;
import io.weir.sdc.describe.DescribedMeasure.SumEvidence;
import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.Form;
import io.weir.sdc.describe.MarginPlan;
import io.weir.sdc.describe.Margins;
import io.weir.sdc.describe.Population;
import io.weir.yaml.YamlProblems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of which each line is a cell of the table. */
final class CellsReader {
    private final CsvText csv;
    private final Description description;
    private final Form.Cells form;
    private final YamlProblems problems;
    private final FieldReader fields;
    private final Places places;
    private final Map<List<List<String>>, CsvText.Line> lines = new LinkedHashMap<>();

    CellsReader(CsvText csv, Description description, Form.Cells form, YamlProblems problems) {
        this.csv = csv;
        this.description = description;
        this.form = form;
        this.problems = problems;
        this.fields = new FieldReader(csv, description, problems);
        this.places = new Places(description.dimensions());
    }

    Optional<StatedTable> read() {
        int before = problems.count();
        description.keyColumns().forEach(fields::need);
        fields.need(form.units());
        description.measures().forEach(measure -> measure.columns().forEach(fields::need));
        if (description.population() instanceof Population.Column(String name)) {
            fields.need(name);
        }
        if (problems.count() > before) {
            return Optional.empty();
        }
        if (Places.areTooMany(csv.lines().size(), csv.file(), problems)) {
            return Optional.empty();
        }
        csv.lines().forEach(this::placed);
        if (description.margins() instanceof Margins.Given) {
            fields.totalsAreThere();
        }
        if (problems.count() == before) {
            missingCells();
        }
        Long total = totalUnits();
        List<List<List<String>>> at = new ArrayList<>(lines.keySet());
        List<EvidenceRow> rows = new ArrayList<>();
        lines.forEach((place, line) -> rows.add(row(place, line, total)));
        if (description.margins() instanceof Margins.All && problems.count() == before) {
            new ComputedMargins(description, places).addTo(at, rows, total);
            Places.areTooMany(at.size(), csv.file(), problems);
        }
        return problems.count() > before ? Optional.empty() : table(at, rows);
    }

    /** Rows in reading order: that of the file could be by size, and would tell it of hidden ones. */
    private Optional<StatedTable> table(List<List<List<String>>> at, List<EvidenceRow> rows) {
        int before = problems.count();
        Map<List<List<String>>, EvidenceRow> rowAt = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            rowAt.put(at.get(row), rows.get(row));
        }
        List<List<List<String>>> sorted =
                at.stream().sorted(places.readingOrder()).toList();
        EvidenceTable table = EvidenceTable.of(
                        Measures.of(description.measures()),
                        sorted.stream()
                                .map(place -> Objects.requireNonNull(rowAt.get(place)))
                                .toList())
                .withMargins(places.equations(sorted))
                .relating(Measures.relations(description));
        List<String> notes = new AddingUp(
                        table, form.unitsInOneCell(), (row, measure, message) -> at(sorted.get(row), measure, message))
                .notes();
        notes.addAll(notDescribed());
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new StatedTable(description, sorted, table, List.of(), notes));
    }

    private List<String> notDescribed() {
        Set<String> described = new HashSet<>(description.keyColumns());
        description.measures().forEach(measure -> described.addAll(measure.columns()));
        if (form.units() != null) {
            described.add(form.units());
        }
        if (description.population() instanceof Population.Column(String name)) {
            described.add(name);
        }
        List<String> others =
                csv.names().stream().filter(name -> !described.contains(name)).toList();
        return others.isEmpty()
                ? List.of()
                : List.of("Not described, so not looked at and no part of what is published: "
                        + String.join(", ", others) + ".");
    }

    /** A contradiction, at the line of its row. */
    private void at(List<List<String>> place, String measure, String message) {
        CsvText.Line line = lines.get(place);
        problems.add(
                csv.file(),
                line == null ? 0 : line.number(),
                "",
                (line == null ? "the computed margin " + places.words(place) + ", " : "") + measure + ": " + message,
                "correct the numbers; rounded numbers cannot be judged");
    }

    private void placed(CsvText.Line line) {
        List<List<String>> place = fields.place(line);
        if (place == null) {
            return;
        }
        CsvText.Line earlier = lines.putIfAbsent(place, line);
        if (earlier != null) {
            fields.problem(
                    line,
                    "",
                    "the row " + places.words(place) + " stands in line " + earlier.number() + " already",
                    "keep one");
        }
        if (!(description.margins() instanceof Margins.Given) && !places.isFinest(place)) {
            fields.problem(
                    line,
                    "",
                    "this is a margin, and the description says that the file has none",
                    "write margins: given, or remove the row");
        }
    }

    /** Where all codes are known, a row that is not there has a number that nobody gave. */
    private void missingCells() {
        if (!description.keysArePublic()) {
            return;
        }
        List<List<Integer>> plans = new ArrayList<>(List.of(MarginPlan.finest(description.dimensions())));
        lines.keySet().stream()
                .filter(place -> !places.isFinest(place))
                .map(place -> place.stream().map(List::size).toList())
                .forEach(plans::add);
        List<List<Integer>> distinct = plans.stream().distinct().toList();
        if (places.areTooMany(distinct, csv.file(), problems)) {
            return;
        }
        distinct.stream()
                .flatMap(depths -> places.all(depths).stream())
                .distinct()
                .filter(place -> !lines.containsKey(place))
                .forEach(place -> problems.add(
                        csv.file(),
                        0,
                        "",
                        "the row " + places.words(place) + " is missing",
                        "add it, with 0 if nobody is there, or remove its code from the description"));
    }

    private @Nullable Long totalUnits() {
        if (!(description.population() instanceof Population.OfTheTotal)) {
            return null;
        }
        List<List<String>> total = description.dimensions().stream()
                .map(dimension -> List.<String>of())
                .toList();
        CsvText.Line line = lines.get(total);
        if (line != null) {
            return fields.count(line, form.units());
        }
        if (!form.unitsInOneCell()) {
            problems.add(
                    csv.file(),
                    0,
                    "",
                    "there is no row of the grand total, which the population is to be taken from",
                    "add the row, or give the population as a number in the description");
            return null;
        }
        long sum = 0;
        for (Map.Entry<List<List<String>>, CsvText.Line> entry : lines.entrySet()) {
            Long units =
                    places.isFinest(entry.getKey()) ? fields.count(entry.getValue(), form.units()) : Long.valueOf(0);
            if (units == null) {
                return null;
            }
            sum += units;
        }
        return sum;
    }

    private EvidenceRow row(List<List<String>> place, CsvText.Line line, @Nullable Long total) {
        Long units = fields.count(line, form.units());
        Long population = switch (description.population()) {
            case Population.OfTheTotal ofTheTotal -> total;
            case Population.Given(long number) -> Long.valueOf(number);
            case Population.Column(String name) -> fields.count(line, name);
            case Population.Unknown unknown -> null;
        };
        boolean everybody = description.population() instanceof Population.OfTheTotal && Places.isTotal(place);
        List<Evidence> evidence = description.measures().stream()
                .map(measure -> evidence(measure, line, units))
                .toList();
        return new EvidenceRow(places.address(place), units, population, null, everybody, evidence);
    }

    private Evidence evidence(DescribedMeasure measure, CsvText.Line line, @Nullable Long units) {
        return switch (measure) {
            case DescribedMeasure.Units(String name, String column) -> {
                Long value = fields.count(line, column);
                yield value == null ? Evidence.missing() : Evidence.ofCount(value, value);
            }
            case DescribedMeasure.Records(String name, String column, String smallest) -> {
                Long value = fields.count(line, column);
                Long least = fields.count(line, smallest);
                // Whoever is in the cell has a record there.
                yield new Evidence(
                        value == null ? null : BigDecimal.valueOf(value),
                        units,
                        null,
                        null,
                        null,
                        null,
                        least == null ? null : BigDecimal.valueOf(least));
            }
            case DescribedMeasure.Sum sum -> sum(sum, line);
        };
    }

    private Evidence sum(DescribedMeasure.Sum sum, CsvText.Line line) {
        SumEvidence e = sum.evidence();
        BigDecimal value = fields.decimal(line, sum.column());
        BigDecimal absolute = fields.amount(line, e.absoluteTotal());
        if (Boolean.FALSE.equals(e.negatives()) && value != null) {
            if (value.signum() < 0) {
                fields.problem(
                        line,
                        sum.column(),
                        "'" + value.toPlainString() + "' is negative, and the description says negatives: false",
                        "correct one of them");
            } else if (absolute == null) {
                absolute = value;
            }
        }
        BigDecimal largest = fields.amount(line, e.largest());
        BigDecimal second = fields.amount(line, e.secondLargest());
        Long contributors = fields.count(line, e.contributors());
        if (largest != null && second != null && second.compareTo(largest) > 0) {
            fields.problem(
                    line,
                    String.valueOf(e.secondLargest()),
                    "the second largest contribution exceeds the largest",
                    "correct one of them");
            second = null;
        }
        Evidence evidence = new Evidence(
                contributors != null && contributors == 0 && value != null && value.signum() == 0 ? null : value,
                contributors,
                largest,
                second,
                absolute,
                e.negatives(),
                fields.amount(line, e.smallest()));
        return particulars(evidence, e, line);
    }

    private Evidence particulars(Evidence evidence, SumEvidence e, CsvText.Line line) {
        Evidence all = evidence;
        Long owners = fields.count(line, e.owners());
        BigDecimal largest = fields.amount(line, e.largestOwner());
        BigDecimal second = fields.amount(line, e.secondLargestOwner());
        if (owners != null && largest != null && second != null) {
            if (second.compareTo(largest) > 0) {
                fields.problem(
                        line,
                        String.valueOf(e.secondLargestOwner()),
                        "the second largest contribution exceeds the largest",
                        "correct one of them");
            } else {
                all = all.with(new Holdings(owners, largest, second));
            }
        }
        BigDecimal asked = fields.amount(line, e.asked());
        all = asked == null ? all : all.with(new Requests(asked));
        Long missing = fields.count(line, e.missing());
        return missing == null ? all : all.with(new MissingUnits(missing));
    }
}
