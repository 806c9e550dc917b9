package io.weir.sdc.describe;

import io.weir.yaml.Spelling;
import io.weir.yaml.YamlSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code relations}. Measures of one row can give each other away (men and women are all), and nothing in a file says so: of every two measures it has
 * to be said.
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
        if (s.has("less")) {
            return Optional.of(new Relation.AtMost(s.text("less"), s.text("more")));
        }
        s.problem(
                "",
                "this is no relation",
                "write {total: all, parts: [men, women]}, {less: smokers, more: patients} or {independent: [patients, cost]}");
        return Optional.empty();
    }

    /** That every relation is between measures, and nothing is left unsaid. */
    static void check(YamlSection s, Description description) {
        List<String> names =
                description.measures().stream().map(DescribedMeasure::name).toList();
        for (int i = 0; i < description.relations().size(); i++) {
            List<String> own = description.relations().get(i).measures();
            for (String name : own) {
                if (!names.contains(name)) {
                    String near = Spelling.nearest(name, names);
                    s.problem(
                            "relations[" + i + "]",
                            "there is no measure '" + name + "'",
                            near == null ? "measures are " + String.join(", ", names) : "did you mean '" + near + "'?");
                }
            }
            if (own.size() < 2 || new HashSet<>(own).size() < own.size()) {
                s.problem("relations[" + i + "]", "a relation is between different measures", "name each once");
            }
        }
        Set<Set<String>> said = said(description);
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                boolean twice = names.get(i).equals(names.get(j)); // a problem already
                if (!twice && !said.contains(Set.of(names.get(i), names.get(j))) && !isKnown(description, i, j)) {
                    String both = names.get(i) + ", " + names.get(j);
                    s.problem(
                            "relations",
                            "nothing says how the measures " + both + " hang together",
                            "write what readers know below 'relations:': {total: …, parts: […]} or {less: …, more: …},"
                                    + " or {independent: [" + both + "]} if neither says anything about the other");
                }
            }
        }
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

    /** Whether the kinds of two measures say how they hang together: each unit has a record, and one that is in a cell is a unit of its row. */
    private static boolean isKnown(Description description, int i, int j) {
        DescribedMeasure one = description.measures().get(i);
        DescribedMeasure other = description.measures().get(j);
        boolean records = one instanceof DescribedMeasure.Records || other instanceof DescribedMeasure.Records;
        boolean units = one instanceof DescribedMeasure.Units || other instanceof DescribedMeasure.Units;
        if (records && units) {
            return true;
        }
        return one instanceof DescribedMeasure.Units first
                && other instanceof DescribedMeasure.Units second
                && (isOfTheRow(description, first) || isOfTheRow(description, second));
    }

    /** Whether a count is of all units of the row. */
    static boolean isOfTheRow(Description description, DescribedMeasure.Units units) {
        @Nullable String column = units.column();
        return !(description.form() instanceof Form.Cells cells) || (column != null && column.equals(cells.units()));
    }
}
