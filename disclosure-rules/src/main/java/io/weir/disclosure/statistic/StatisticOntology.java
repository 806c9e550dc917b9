package io.weir.disclosure.statistic;

import io.weir.disclosure.resource.Section;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * Statistic, class, risks, checks, evidence, as data. Total: what it does not know goes to manual review.
 *
 * <p>Classes follow the "statbarns" of the statistical disclosure control community.
 */
public final class StatisticOntology {
    private static final String RESOURCE = "ontology-1.txt";
    private static final Set<String> KEYS = Set.of("judged", "risk", "check", "evidence", "statistic");

    private final TreeMap<String, StatisticClass> classes = new TreeMap<>();
    private final TreeMap<String, StatisticClass> classOf = new TreeMap<>();

    private StatisticOntology(List<Section> sections) {
        for (Section section : sections) {
            if (!section.kind().equals("class")) {
                throw new IllegalStateException("Not a class: " + section.kind());
            }
            StatisticClass statisticClass = statisticClass(section.onlyKeys(KEYS));
            if (classes.put(section.name(), statisticClass) != null) {
                throw new IllegalStateException("Two classes are called " + section.name());
            }
            for (String statistic : section.all("statistic")) {
                if (classOf.put(statistic, statisticClass) != null) {
                    throw new IllegalStateException("Two classes claim " + statistic);
                }
            }
        }
    }

    /** The ontology of this version of the library. */
    public static StatisticOntology shipped() {
        return new StatisticOntology(Section.read(RESOURCE));
    }

    /** @param statistic its SQL or statistical name, in any case */
    public Classification classify(String statistic) {
        StatisticClass found = classOf.get(statistic.toLowerCase(Locale.ROOT));
        if (found == null) {
            return new Classification.ManualReview("The statistic is not known.");
        }
        return found.automatic()
                ? new Classification.Automatic(found)
                : new Classification.ManualReview("Not all checks for " + found.name() + " can be made automatically.");
    }

    /** All classes by name. */
    public List<StatisticClass> classes() {
        return List.copyOf(classes.values());
    }

    private static StatisticClass statisticClass(Section section) {
        String judged = section.one("judged");
        boolean automatic = judged.equals("automatically");
        if (!automatic && !judged.equals("by-review")) {
            throw new IllegalStateException("A class is judged automatically or by-review: " + section.name());
        }
        return new StatisticClass(
                section.name(), section.all("risk"), section.all("check"), section.all("evidence"), automatic);
    }
}
