package io.weir.sdc.read;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.cellkey.RecordKeys;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.MeasureRelation;
import io.weir.sdc.describe.DescribedMeasure;
import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.Dimension;
import io.weir.sdc.describe.Form;
import io.weir.sdc.describe.MarginPlan;
import io.weir.sdc.describe.Margins;
import io.weir.sdc.describe.Population;
import io.weir.yaml.YamlProblems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of which each line is a record of a unit: the table, its margins and its evidence are computed. */
final class RecordsReader {
    private static final String NAMESPACE = "unit";

    private final CsvText csv;
    private final Description description;
    private final Form.Records form;
    private final @Nullable RecordKeys secret;
    private final YamlProblems problems;
    private final FieldReader fields;
    private final Places places;
    private final List<DescribedMeasure.Sum> sums;
    private final Map<String, Person> people = new HashMap<>();
    private final Map<String, String> units = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();

    RecordsReader(
            CsvText csv,
            Description description,
            Form.Records form,
            @Nullable RecordKeys secret,
            YamlProblems problems) {
        this.csv = csv;
        this.description = description;
        this.form = form;
        this.secret = secret;
        this.problems = problems;
        this.fields = new FieldReader(csv, description, problems);
        this.places = new Places(description.dimensions());
        this.sums = description.measures().stream()
                .filter(DescribedMeasure.Sum.class::isInstance)
                .map(DescribedMeasure.Sum.class::cast)
                .toList();
    }

    /**
     * A line of the file.
     *
     * @param amounts one for each sum; null where the value is missing
     */
    private record Entry(List<List<String>> place, Person person, List<Optional<BigDecimal>> amounts) {}

    Optional<StatedTable> read() {
        int before = problems.count();
        description.keyColumns().forEach(fields::need);
        fields.need(form.unit());
        fields.need(form.owner());
        fields.need(form.asked());
        fields.need(form.weight());
        sums.forEach(sum -> fields.need(sum.column()));
        if (problems.count() > before) {
            return Optional.empty();
        }
        List<Entry> entries = new ArrayList<>();
        csv.lines().forEach(line -> entry(line).ifPresent(entries::add));
        if (description.population() instanceof Population.Given(long number) && number < people.size()) {
            problems.add(
                    csv.file(),
                    0,
                    "",
                    "the records are of " + people.size() + " units, and the population is " + number,
                    "correct the population in the description");
        }
        if (problems.count() > before) {
            return Optional.empty();
        }
        List<List<Integer>> plans = plans();
        if (description.keysArePublic() && places.areTooMany(plans, csv.file(), problems)) {
            return Optional.empty();
        }
        Map<List<List<String>>, Tally> tallies = tallies(entries, plans);
        if (Places.areTooMany(tallies.size(), csv.file(), problems)) {
            return Optional.empty();
        }
        StatedTable table = table(entries, tallies);
        return problems.count() > before ? Optional.empty() : Optional.of(table);
    }

    private Optional<Entry> entry(CsvText.Line line) {
        List<List<String>> place = fields.place(line);
        if (place == null) {
            return Optional.empty();
        }
        if (!places.isFinest(place)) {
            fields.problem(
                    line,
                    "",
                    "this record has the code of a total or of a coarser level",
                    "give each record its finest code");
            return Optional.empty();
        }
        if (isTotal(place)) {
            fields.problem(
                    line,
                    "",
                    "a code is spelt like the total of its dimension",
                    "name another text for the margin with 'total:'");
            return Optional.empty();
        }
        String identifier = fields.text(line, form.unit());
        if (description.missing().contains(identifier)) {
            fields.problem(line, form.unit(), "the unit is missing", "give each record the identifier of its unit");
            return Optional.empty();
        }
        inOneSpelling(line, form.unit(), identifier, units);
        Person said = new Person(identifier, said(line, form.owner()), asked(line), weight(line));
        Person person = people.computeIfAbsent(identifier, id -> said);
        if (!person.equals(said)) {
            fields.problem(
                    line,
                    form.unit(),
                    "the owner, the request or the weight of this unit differs from its other records",
                    "a unit has one of each");
        }
        person.records++;
        return Optional.of(new Entry(
                place,
                person,
                sums.stream()
                        .map(sum -> Optional.ofNullable(fields.decimal(line, sum.column())))
                        .toList()));
    }

    /** Whether a finest code is spelt like the margin that it would stand beside. */
    private boolean isTotal(List<List<String>> place) {
        for (int d = 0; d < place.size(); d++) {
            Dimension dimension = description.dimensions().get(d);
            List<String> total = dimension.fields(List.of());
            List<String> own = dimension.fields(place.get(d));
            for (int c = 0; c < own.size(); c++) {
                if (own.get(c).equals(total.get(c))) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable String said(CsvText.Line line, @Nullable String column) {
        if (column == null) {
            return null;
        }
        String text = fields.text(line, column);
        if (description.missing().contains(text)) {
            fields.problem(line, column, "the owner is missing", "give each unit its owner");
        }
        inOneSpelling(line, column, text, owners);
        return text;
    }

    /** One unit, or one owner, in two spellings that nobody can tell apart would count twice. */
    private void inOneSpelling(CsvText.Line line, String column, String text, Map<String, String> known) {
        String other = known.putIfAbsent(FieldReader.normal(text), text);
        if (other != null && !other.equals(text)) {
            fields.problem(
                    line,
                    column,
                    "'" + text + "' stands in another row in other characters that look the same",
                    "write each in the same characters (Unicode NFC)");
        }
    }

    private boolean asked(CsvText.Line line) {
        String column = form.asked();
        if (column == null) {
            return false;
        }
        String text = fields.text(line, column);
        if (!text.equals("true") && !text.equals("false")) {
            fields.problem(
                    line,
                    column,
                    "'" + text + "' is neither true nor false",
                    "write true for units that have asked for protection");
        }
        return text.equals("true");
    }

    private @Nullable BigDecimal weight(CsvText.Line line) {
        String column = form.weight();
        if (column == null) {
            return null;
        }
        BigDecimal weight = fields.decimal(line, column);
        if (weight == null || weight.signum() <= 0) {
            fields.problem(line, column, "a weight is a number above 0", "give each unit its weight");
            return BigDecimal.ONE;
        }
        return weight.stripTrailingZeros();
    }

    /** What is in each row, up to one row more than a table may have. */
    private Map<List<List<String>>, Tally> tallies(List<Entry> entries, List<List<Integer>> plans) {
        Map<List<List<String>>, Tally> tallies = new LinkedHashMap<>();
        if (description.keysArePublic()) {
            plans.forEach(depths ->
                    places.all(depths).forEach(place -> tallies.putIfAbsent(place, new Tally(sums.size()))));
        }
        for (Entry entry : entries) {
            if (tallies.size() > Description.MAX_ROWS) {
                break;
            }
            // Where branches are of different lengths, several plans have the same cell.
            plans.stream()
                    .map(depths -> Places.at(depths, entry.place()))
                    .distinct()
                    .forEach(place -> tallies.computeIfAbsent(place, fresh -> new Tally(sums.size()))
                            .add(entry.person(), entry.amounts()));
        }
        return tallies;
    }

    private StatedTable table(List<Entry> entries, Map<List<List<String>>, Tally> tallies) {
        List<List<List<String>>> at =
                tallies.keySet().stream().sorted(places.readingOrder()).toList();
        boolean all = description.population() instanceof Population.OfTheTotal;
        long population = description.population() instanceof Population.Given(long number) ? number : people.size();
        Evaluation evaluation = new Evaluation(description.measures(), form);
        List<EvidenceRow> rows = new ArrayList<>();
        List<CellKey> keys = new ArrayList<>();
        for (List<List<String>> place : at) {
            Tally tally = tallies.getOrDefault(place, new Tally(sums.size()));
            boolean unknown = description.population() instanceof Population.Unknown;
            rows.add(new EvidenceRow(
                    places.address(place),
                    tally.units(),
                    unknown ? null : Long.valueOf(population),
                    all ? Long.valueOf(people.size() - tally.whollyInside()) : null,
                    all && Places.isTotal(place),
                    evaluation.of(tally)));
            if (secret != null) {
                keys.add(tally.key(NAMESPACE, secret));
            }
        }
        EvidenceTable table = EvidenceTable.of(Measures.of(description.measures()), rows)
                .withMargins(places.equations(at))
                .relating(relations(entries));
        new AddingUp(
                        table,
                        false,
                        (row, measure, message) -> problems.add(
                                csv.file(),
                                0,
                                "",
                                "the row " + places.words(at.get(row)) + ", " + measure + ": " + message,
                                "correct the records, or the description"))
                .relations();
        List<String> notes = new ArrayList<>();
        notes.add(entries.size() + " records of " + people.size() + " units were read.");
        if (form.weight() != null) {
            notes.add("Sums are weighted; units and records are those of the sample.");
        }
        return new StatedTable(description, at, table, keys, notes);
    }

    /** Beside what is declared: where each record has an amount of one or more, there are no more records, and no more units, than their sum. */
    private List<MeasureRelation> relations(List<Entry> entries) {
        List<MeasureRelation> relations = new ArrayList<>(Measures.relations(description));
        List<DescribedMeasure> measures = description.measures();
        int sum = 0;
        for (int more = 0; more < measures.size(); more++) {
            if (measures.get(more) instanceof DescribedMeasure.Sum) {
                int at = sum++;
                boolean all = form.weight() == null
                        && entries.stream()
                                .allMatch(entry -> entry.amounts()
                                        .get(at)
                                        .filter(amount -> amount.compareTo(BigDecimal.ONE) >= 0)
                                        .isPresent());
                for (int less = 0; all && less < measures.size(); less++) {
                    if (!(measures.get(less) instanceof DescribedMeasure.Sum)) {
                        relations.add(MeasureRelation.atMost(less, more));
                    }
                }
            }
        }
        return relations.stream().distinct().toList();
    }

    private List<List<Integer>> plans() {
        List<Integer> finest = MarginPlan.finest(description.dimensions());
        return switch (description.margins()) {
            case Margins.All all -> MarginPlan.all(description.dimensions());
            case Margins.None none -> List.of(finest);
            case Margins.Given given -> List.of(finest);
            case Margins.Some some -> {
                List<List<Integer>> plans = new ArrayList<>(List.of(finest));
                some.columns()
                        .forEach(columns -> MarginPlan.of(description.dimensions(), columns)
                                .filter(plan -> !plans.contains(plan))
                                .ifPresent(plans::add));
                yield plans;
            }
        };
    }
}
