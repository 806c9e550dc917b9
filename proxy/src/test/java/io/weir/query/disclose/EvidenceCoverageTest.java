package io.weir.query.disclose;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.MissingRule;
import io.weir.disclosure.appetite.PriorPosterior;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.check.Cell;
import io.weir.disclosure.check.Checks;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceKind;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.statistic.StatisticClass;
import io.weir.disclosure.statistic.StatisticOntology;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.verdict.Verdict;
import io.weir.policy.Profile;
import io.weir.policy.SumRules;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Place;
import io.weir.query.type.SqlType;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The evidence that is read of a cell is what the ontology asks for of every aggregate over people, under every profile that a policy can have.
 * What is not read stands here with the reason.
 */
class EvidenceCoverageTest {
    private static final StatisticOntology ONTOLOGY = StatisticOntology.shipped();
    private static final Expr VALUE = new Expr.Column("t", "cost", SqlType.NUMERIC);
    private static final BigDecimal STEP = BigDecimal.valueOf(5);

    /** By the words of docs/reference/functions.md for the parts that are asked of the source. */
    private static final Map<String, List<Atom>> PARTS = Map.of(
            "rows",
            List.of(
                    new Atom.Rows(Expr.always(), STEP),
                    new Atom.Records(VALUE, Expr.always(), STEP),
                    new Atom.Units(Expr.always(), STEP),
                    new Atom.DistinctValues(VALUE, Expr.always(), STEP)),
            "sum",
            List.of(new Atom.Sum(VALUE, Expr.always(), STEP)),
            "sum of products",
            List.of(new Atom.Sum(VALUE, Expr.always(), STEP)),
            "mean of neighbours",
            List.of(new Atom.Position(VALUE, new Place(100), Expr.always(), STEP)));

    /** Asked for by rules that no profile can have: the policy has no key for them. */
    private static final Set<EvidenceKind> NO_PROFILE_ASKS =
            EnumSet.of(EvidenceKind.OWNERS, EvidenceKind.REQUESTS, EvidenceKind.MISSING_UNITS);

    /**
     * A gap: standard deviations, correlations and regressions are calculated from protected sums, and neither their degrees of freedom nor the
     * leverage of one person is judged. The library sends them to review. In known-limits.md, "Presets and policy".
     */
    private static final Map<EvidenceKind, Set<String>> NOT_JUDGED =
            new EnumMap<>(Map.of(EvidenceKind.MODEL, Set.of("shape", "correlation-and-regression")));

    /** Of a table and of what was shown, not of a cell: {@code TableEvidence.margins} and fingerprints. */
    private static final Set<EvidenceKind> OF_NO_CELL = EnumSet.of(EvidenceKind.MARGINS, EvidenceKind.UNIT_SETS);

    /** Parts by the aggregate's name, as the generated page has them. */
    private static Map<String, List<Atom>> aggregates() throws IOException {
        Map<String, List<Atom>> found = new TreeMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("..", "docs", "reference", "functions.md"))) {
            inside = line.startsWith("##") ? line.equals("## Aggregates") : inside;
            String[] cells = line.split(" \\| ", -1);
            if (inside && line.startsWith("| `") && cells[1].equals("yes")) {
                List<Atom> parts = new ArrayList<>();
                for (String part : cells[4].split(", ", -1)) {
                    parts.addAll(Objects.requireNonNull(PARTS.get(part), part));
                }
                found.put(cells[0].replaceAll("[|` ]", ""), parts);
            }
        }
        return found;
    }

    /** Of 500 people, none of whom is much. */
    private static Evidence evidence(Atom atom) {
        if (atom instanceof Atom.Position) {
            @Nullable Object[] row = {1000, 500, 4, 50_000, 10, 40, 40, 40, 40, 4, 4, 49_900, 50_100};
            return PlaceEvidence.of(row, 0, 0);
        }
        CellParts parts = new CellParts(List.of(atom));
        Object[] head = {7, 500, 700};
        Object[] own = switch (atom) {
            case Atom.Sum sum -> new Object[] {50_000, 500, 130, 120, 50_000, 0, 40, 500};
            case Atom.Units people -> new Object[] {500, 500};
            default -> new Object[] {700, 500, 1};
        };
        List<Object> row = new ArrayList<>(Arrays.asList(head));
        row.addAll(Arrays.asList(own));
        parts.add(row.toArray(), 0);
        return parts.evidence(0, BigDecimal.valueOf(30));
    }

    private static Cell cell(Atom atom) {
        Evidence evidence = evidence(atom);
        EvidenceRow row = new EvidenceRow(new Address(0, List.of("a")), 500L, 5_000L, 5_000L, false, List.of(evidence));
        return new Cell(row, TableEvidence.measure("m", atom), evidence);
    }

    /** Each rule of a profile there and not there. */
    private static List<Profile> profiles() {
        List<Profile> profiles = new ArrayList<>();
        PriorPosterior ratio = new PriorPosterior(new BigDecimal("0.1"), new BigDecimal("0.5"));
        Dominance one = new Dominance(1, new BigDecimal("0.5"));
        Dominance two = new Dominance(2, new BigDecimal("0.67"));
        for (Profile.Zeros zeros : Profile.Zeros.values()) {
            for (List<Dominance> rules : List.of(List.of(one), List.of(two), List.of(one, two))) {
                for (SumRules sums : List.of(
                        new SumRules(rules, BigDecimal.ONE, null),
                        new SumRules(rules, null, ratio),
                        new SumRules(rules, BigDecimal.ONE, ratio),
                        new SumRules(rules, null, null))) {
                    profiles.add(new Profile(
                            "p", "f", 10, zeros, 5, sums, "*", true, Profile.Extremes.REFUSED, "this test"));
                }
            }
        }
        return profiles;
    }

    @Test
    void everyKindThatIsAskedForIsReadOrStandsHereWithItsReason() throws IOException {
        Map<String, List<Atom>> aggregates = aggregates();
        assertThat(aggregates)
                .containsKeys("count", "sum", "percentile_cont", "regr_slope")
                .hasSizeGreaterThan(20);
        Map<EvidenceKind, Set<String>> notRead = new EnumMap<>(EvidenceKind.class);
        aggregates.forEach((name, atoms) -> {
            StatisticClass of = Objects.requireNonNull(ONTOLOGY.statistics().get(name), name);
            for (EvidenceKind kind : of.evidence()) {
                boolean read = atoms.stream()
                        .map(EvidenceCoverageTest::cell)
                        .anyMatch(cell -> kind.isPresent(cell.row(), cell.evidence()));
                if (!read && !OF_NO_CELL.contains(kind)) {
                    notRead.computeIfAbsent(kind, k -> new TreeSet<>()).add(of.name());
                }
            }
        });
        Set<EvidenceKind> withReason = EnumSet.copyOf(NO_PROFILE_ASKS);
        withReason.addAll(NOT_JUDGED.keySet());
        assertThat(notRead.keySet()).isEqualTo(withReason);
        NOT_JUDGED.forEach((kind, classes) -> assertThat(notRead.get(kind)).isEqualTo(classes));
    }

    /** Of the parts themselves: whatever a profile asks, nothing is left to a person for want of evidence, and nothing else fails. */
    @Test
    void noPartIsLeftToAPersonUnderAnyProfile() {
        assertThat(profiles()).hasSize(24);
        for (Profile profile : profiles()) {
            for (List<Atom> atoms : PARTS.values()) {
                for (Atom atom : atoms) {
                    assertThat(Checks.verdicts(cell(atom), profile.appetite()))
                            .as("%s under %s", atom, profile)
                            .allMatch(verdict -> verdict instanceof Verdict.Pass);
                }
            }
        }
    }

    /** The same evidence fails where it should: what passed above was judged. */
    @Test
    void theSameEvidenceIsJudged() {
        Profile profile = profiles().getLast();
        Profile large = new Profile(
                "p",
                "f",
                501,
                Profile.Zeros.HIDDEN,
                5,
                profile.sums(),
                "*",
                true,
                Profile.Extremes.REFUSED,
                "this test");
        PARTS.values().stream()
                .flatMap(List::stream)
                .forEach(atom -> assertThat(Checks.findings(cell(atom), large.appetite()))
                        .as("%s", atom)
                        .isNotEmpty());
    }

    /** A rule that a profile gets is a rule of this test. */
    @Test
    void noProfileHasARuleThatIsNotHere() {
        assertThat(Arrays.stream(Profile.class.getRecordComponents()).map(RecordComponent::getName))
                .containsExactly(
                        "name",
                        "family",
                        "threshold",
                        "zeros",
                        "roundingBase",
                        "sums",
                        "marker",
                        "history",
                        "extremes",
                        "source");
        assertThat(Arrays.stream(SumRules.class.getRecordComponents()).map(RecordComponent::getName))
                .containsExactly("dominance", "pPercent", "priorPosterior");
        for (Profile profile : profiles()) {
            RiskAppetite appetite = profile.appetite();
            assertThat(appetite.further().owners()).isNull();
            assertThat(appetite.further().requestShare()).isNull();
            assertThat(appetite.further().missing()).isEqualTo(MissingRule.NOT_CHECKED);
            assertThat(appetite.further().groupShare()).isNull();
            assertThat(appetite.further().degreesOfFreedom()).isNull();
        }
    }
}
