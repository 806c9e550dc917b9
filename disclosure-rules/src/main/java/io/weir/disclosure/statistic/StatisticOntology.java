package io.weir.disclosure.statistic;

import io.weir.disclosure.evidence.EvidenceKind;
import io.weir.disclosure.resource.Section;
import io.weir.disclosure.verdict.Rule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Statistic, class, risks, checks, evidence, protections, as data. Total: what it does not know goes to manual review. Closed: a resource that
 * names a risk, check, kind of evidence or protection that does not exist, or leaves one of them undescribed, is not read.
 *
 * <p>Immutable, for any thread. Classes follow the "statbarns" of the statistical disclosure control community (AI-SDC, ACRO 1.0.1).
 */
public final class StatisticOntology {
    private static final String RESOURCE = "ontology-2.txt";

    private final TreeMap<String, StatisticClass> classes = new TreeMap<>();
    private final TreeMap<String, StatisticClass> classOf = new TreeMap<>();
    private final Map<String, Risk> risks = new LinkedHashMap<>();
    private final Map<Rule, CheckNeeds> checks = new LinkedHashMap<>();
    private final Map<EvidenceKind, String> evidence = new LinkedHashMap<>();
    private final Map<Safeguard, String> protections = new LinkedHashMap<>();
    private final Map<Safeguard, List<String>> means = new LinkedHashMap<>();

    private StatisticOntology(List<Section> sections) {
        for (Section section : sections) {
            switch (section.kind()) {
                case "evidence" -> once(evidence, EvidenceKind.of(section.name()), says(section));
                case "protection" -> protection(section);
                case "check" -> once(checks, Rule.of(section.name()), needs(section));
                case "risk" -> once(risks, section.name(), risk(section));
                case "class" -> once(classes, section.name(), statisticClass(section));
                default -> throw new IllegalStateException("The ontology has no " + section.kind());
            }
        }
        complete(evidence.keySet(), EvidenceKind.values());
        complete(protections.keySet(), Safeguard.values());
        complete(checks.keySet(), Rule.values());
    }

    /** The ontology of this version of the library. */
    public static StatisticOntology shipped() {
        return of(Section.read(RESOURCE));
    }

    /** @throws RuntimeException when the sections break the rules above */
    static StatisticOntology of(List<Section> sections) {
        return new StatisticOntology(sections);
    }

    /** @param statistic its SQL or statistical name, in any case */
    public Classification classify(String statistic) {
        StatisticClass found = classOf.get(statistic.toLowerCase(Locale.ROOT));
        if (found == null) {
            return new Classification.ManualReview("The statistic is not known.");
        }
        return found.automatic()
                ? new Classification.Automatic(found)
                : new Classification.ManualReview("A person judges " + found.name() + ".");
    }

    /** All classes by name. */
    public List<StatisticClass> classes() {
        return List.copyOf(classes.values());
    }

    /** All statistics, by name. */
    public Map<String, StatisticClass> statistics() {
        return Map.copyOf(classOf);
    }

    /** What a check needs. */
    public CheckNeeds needs(Rule rule) {
        return found(checks, rule);
    }

    /** One sentence about a kind of evidence. */
    public String describe(EvidenceKind kind) {
        return found(evidence, kind);
    }

    /** One sentence about a protection. */
    public String describe(Safeguard safeguard) {
        return found(protections, safeguard);
    }

    /** The types that do it, by their names below the package {@code io.weir.disclosure}; at least one. */
    public List<String> means(Safeguard safeguard) {
        return found(means, safeguard);
    }

    private void protection(Section section) {
        section.onlyKeys(Set.of("says", "by"));
        List<String> types = section.all("by");
        if (types.isEmpty()) {
            throw new IllegalStateException("Nothing does " + section.name());
        }
        Safeguard safeguard = Safeguard.of(section.name());
        once(protections, safeguard, section.one("says"));
        once(means, safeguard, types);
    }

    private CheckNeeds needs(Section section) {
        section.onlyKeys(Set.of("source", "evidence"));
        List<EvidenceKind> kinds =
                section.all("evidence").stream().map(EvidenceKind::of).toList();
        kinds.forEach(kind -> found(evidence, kind));
        return new CheckNeeds(Rule.of(section.name()), section.one("source"), kinds);
    }

    private Risk risk(Section section) {
        section.onlyKeys(Set.of("says", "check", "protection"));
        List<Rule> found = section.all("check").stream().map(Rule::of).toList();
        found.forEach(rule -> found(checks, rule));
        List<Safeguard> safeguards =
                section.all("protection").stream().map(Safeguard::of).toList();
        safeguards.forEach(safeguard -> found(protections, safeguard));
        return new Risk(section.name(), section.one("says"), found, safeguards);
    }

    private StatisticClass statisticClass(Section section) {
        section.onlyKeys(Set.of("judged", "risk", "statistic"));
        String judged = section.one("judged");
        boolean automatic = judged.equals("automatically");
        if (!automatic && !judged.equals("by-review")) {
            throw new IllegalStateException("A class is judged automatically or by-review: " + section.name());
        }
        List<Risk> all =
                section.all("risk").stream().map(id -> found(risks, id)).toList();
        List<Rule> rules =
                all.stream().flatMap(risk -> risk.checks().stream()).distinct().toList();
        List<EvidenceKind> kinds = rules.stream()
                .flatMap(rule -> needs(rule).evidence().stream())
                .distinct()
                .toList();
        List<Safeguard> safeguards = all.stream()
                .flatMap(risk -> risk.protections().stream())
                .distinct()
                .toList();
        StatisticClass result = new StatisticClass(section.name(), all, rules, kinds, safeguards, automatic);
        section.all("statistic").forEach(statistic -> once(classOf, statistic, result));
        return result;
    }

    private static String says(Section section) {
        return section.onlyKeys(Set.of("says")).one("says");
    }

    private static <K, V> void once(Map<K, V> map, K key, V value) {
        if (map.put(key, value) != null) {
            throw new IllegalStateException("Stands twice in the ontology: " + key);
        }
    }

    private static <K, V> V found(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("The ontology does not describe " + key);
        }
        return value;
    }

    private static <K> void complete(Set<K> described, K[] all) {
        if (!described.containsAll(Arrays.asList(all))) {
            throw new IllegalStateException("The ontology does not describe all of " + Arrays.toString(all));
        }
    }
}
