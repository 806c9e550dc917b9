package io.weir.sdc.describe;

import io.weir.yaml.Spelling;
import io.weir.yaml.YamlSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code relations}. Amounts of one row can give each other away (drugs and care are all costs), and nothing in a file says so: of every two measures it
 * has to be said. Of people there is one count: some of them beside all are two, and which of both is hidden tells of the other.
 */
final class RelationReader {
    private RelationReader() {}

    static List<Relation> relations(YamlSection s) {
        List<Relation> relations = new ArrayList<>();
        if (s.has("relations")) {
            for (YamlSection section : s.sections("relations")) {
                relation(section).ifPresent(relations::add);
                section.end();
            }
        }
        return relations;
    }

    private static Optional<Relation> relation(YamlSection s) {
        if (s.has("independent")) {
            return Optional.of(new Relation.Independent(s.texts("independent")));
        }
        if (s.has("total")) {
            return Optional.of(new Relation.Total(s.text("total"), s.texts("parts")));
        }
        s.problem(
                "",
                s.has("less") ? "what one is more than the other can be one unit's" : "this is no relation",
                "write {total: all, parts: [drugs, others]}, the rest being a measure of its own, or {independent: [patients, cost]}");
        if (s.has("less")) {
            s.text("less");
            s.optionalText("more");
        }
        return Optional.empty();
    }

    /** That every relation is between measures, and nothing is left unsaid. */
    static void check(YamlSection s, Description description) {
        oneCountOfEach(s, description);
        List<String> names =
                description.measures().stream().map(DescribedMeasure::name).toList();
        for (int i = 0; i < description.relations().size(); i++) {
            check(s, "relations[" + i + "]", description.relations().get(i), description.measures(), names);
        }
        Set<Set<String>> said = said(description);
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                boolean twice = names.get(i).equals(names.get(j)); // a problem already
                if (!twice && !said.contains(Set.of(names.get(i), names.get(j))) && !areCounts(description, i, j)) {
                    String both = names.get(i) + ", " + names.get(j);
                    s.problem(
                            "relations",
                            "nothing says how the measures " + both + " hang together",
                            "write what readers know below 'relations:': {total: …, parts: […]},"
                                    + " or {independent: [" + both + "]} if neither says anything about the other");
                }
            }
        }
    }

    private static void check(
            YamlSection s, String path, Relation relation, List<DescribedMeasure> measures, List<String> names) {
        List<String> own = relation.measures();
        for (String name : own) {
            if (!names.contains(name)) {
                String near = Spelling.nearest(name, names);
                s.problem(
                        path,
                        "there is no measure '" + name + "'",
                        near == null ? "measures are " + String.join(", ", names) : "did you mean '" + near + "'?");
            } else if (relation instanceof Relation.Total
                    && !(measures.get(names.indexOf(name)) instanceof DescribedMeasure.Sum)) {
                s.problem(
                        path,
                        "'" + name + "' is a count, and only sums are totals of others here",
                        "write what counts are split by as a dimension");
            }
        }
        if (own.size() < (relation instanceof Relation.Total ? 3 : 2) || new HashSet<>(own).size() < own.size()) {
            s.problem(path, "a relation is between different measures", "name each once, and of a total all parts");
        }
    }

    private static void oneCountOfEach(YamlSection s, Description description) {
        List<DescribedMeasure> units = of(description, DescribedMeasure.Units.class);
        one(s, units, "units");
        one(s, of(description, DescribedMeasure.Records.class), "records");
        if (description.form() instanceof Form.Cells cells && cells.units() != null) {
            for (DescribedMeasure measure : units) {
                if (!measure.columns().equals(List.of(cells.units()))) {
                    s.problem(
                            "measures",
                            "'" + measure.name() + "' counts others than all units of a row (" + cells.units() + ")",
                            "count all of them; write who has something and who has not as rows of a dimension (smoker: yes, no and a total)");
                }
            }
        }
    }

    private static void one(YamlSection s, List<DescribedMeasure> counts, String of) {
        if (counts.size() > 1) {
            s.problem(
                    "measures",
                    counts.get(0).name() + " and " + counts.get(1).name() + " are two counts of " + of
                            + ", and a row has one",
                    "write men and women, or smokers and others, as rows of a dimension (sex: F, M and a total)");
        }
    }

    private static List<DescribedMeasure> of(Description description, Class<? extends DescribedMeasure> kind) {
        return description.measures().stream().filter(kind::isInstance).toList();
    }

    private static Set<Set<String>> said(Description description) {
        Set<Set<String>> said = new HashSet<>();
        for (Relation relation : description.relations()) {
            for (String one : relation.measures()) {
                for (String other : relation.measures()) {
                    if (!one.equals(other)) {
                        said.add(Set.of(one, other));
                    }
                }
            }
        }
        return said;
    }

    /** Each unit has a record. */
    private static boolean areCounts(Description description, int i, int j) {
        return !(description.measures().get(i) instanceof DescribedMeasure.Sum)
                && !(description.measures().get(j) instanceof DescribedMeasure.Sum);
    }
}
