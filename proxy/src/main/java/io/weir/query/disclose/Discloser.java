package io.weir.query.disclose;

import io.weir.disclosure.DisclosureRules;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.history.FigureHistory;
import io.weir.disclosure.history.Fingerprint;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.GroupingSet;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.MarginEquations;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import io.weir.policy.Profile;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.disclose.ProtectedTable.Cell;
import io.weir.query.disclose.RawCells.RawCell;
import io.weir.query.disclose.TableFigures.Prints;
import io.weir.query.execute.RawBlock;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Texts;
import io.weir.query.rewrite.BlockForm;
import io.weir.query.rewrite.BlockIdentity;
import io.weir.query.rewrite.ConjunctText;
import io.weir.query.rewrite.Population;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stage's door for aggregates: raw cells and evidence in, protected tables out. An answer given before is replayed; of a new one is
 * hidden what, beside the figures shown before, would tell what few people contribute.
 */
public final class Discloser {
    /** Rows of one table with margins: some seconds of work. */
    private static final int MOST_LINKED_ROWS = 50_000;

    private static final String NULL_KEY = "\u0000null";

    private final DisclosureRules rules = new DisclosureRules();
    private final PublishedAnswers published;
    private final KeptHistories kept = new KeptHistories();

    public Discloser(PublishedAnswers published) {
        this.published = published;
    }

    /** The answer given before to the same question, or empty. */
    public Optional<ProtectedTable> replay(Block block, BlockForm form, String snapshot, Profile profile) {
        return published.find(key(form.identity(), snapshot, profile)).map(answer -> read(answer, block, form));
    }

    private static ProtectedTable read(PublishedAnswers.Answer answer, Block block, BlockForm form) {
        ProtectedTable stored = TableText.read(answer.payload(), block, form);
        List<ProtectedTable.Row> rows = new ArrayList<>(stored.rows());
        rows.sort(ORDER);
        return new ProtectedTable(rows, true, stored.open());
    }

    /**
     * Protects a new answer and publishes it.
     *
     * @throws io.weir.problem.ProblemException {@code RESULT_TOO_LARGE} for a table with margins that would take long to protect, before
     *     the lock on the data
     */
    public ProtectedTable answer(
            BlockForm form, PublishedAnswers.Data data, Profile profile, RawBlock raw, MergedCells merged) {
        Block block = raw.query().block();
        RawCells cells = RawCells.of(raw, merged);
        requireTractable(block, cells);
        BlockIdentity identity = form.identity();
        boolean[] computed = {false};
        PublishedAnswers.Answer answer =
                published.publish(key(identity, data.snapshot(), profile), data.compared(), earlier -> {
                    computed[0] = true;
                    if (!profile.history()) {
                        return publishable(
                                protect(block, cells, form, profile, new FigureHistory(profile.threshold())), form);
                    }
                    return kept.of(data.compared(), profile.threshold())
                            .beside(
                                    earlier,
                                    history -> publishable(protect(block, cells, form, profile, history), form));
                });
        ProtectedTable table = read(answer, block, form);
        return computed[0] ? new ProtectedTable(table.rows(), false, table.open()) : table;
    }

    private static PublishedAnswers.Answer publishable(Protection protection, BlockForm form) {
        return new PublishedAnswers.Answer(TableText.write(protection.table(), form), protection.figures());
    }

    private static void requireTractable(Block block, RawCells cells) {
        if (block.groupingSets().size() > 1 && cells.known() > MOST_LINKED_ROWS) {
            throw Problem.of(
                            ProblemCode.RESULT_TOO_LARGE,
                            "the table and its margins have more than %d rows".formatted(MOST_LINKED_ROWS),
                            "Use fewer or coarser keys, ROLLUP instead of CUBE, or one SELECT without margins.")
                    .asException();
        }
    }

    /** The same table with every cell hidden that is hidden in the other: a release may only hide more. */
    public static ProtectedTable stricter(ProtectedTable table, ProtectedTable other) {
        Map<List<Object>, ProtectedTable.Row> byAddress = new HashMap<>();
        other.rows().forEach(r -> byAddress.put(Arrays.asList(r.grouping(), r.keys()), r));
        List<ProtectedTable.Row> rows = new ArrayList<>();
        for (ProtectedTable.Row row : table.rows()) {
            ProtectedTable.Row twin = byAddress.get(Arrays.<Object>asList(row.grouping(), row.keys()));
            if (twin == null) {
                continue;
            }
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < row.cells().size(); i++) {
                cells.add(
                        twin.cells().get(i) instanceof Cell.Hidden hidden
                                ? hidden
                                : row.cells().get(i));
            }
            rows.add(new ProtectedTable.Row(row.keys(), row.grouping(), cells));
        }
        return new ProtectedTable(rows, table.replayed(), table.open() || other.open());
    }

    private static PublishedAnswers.Key key(BlockIdentity identity, String snapshot, Profile profile) {
        return new PublishedAnswers.Key(identity, snapshot, Appetites.identity(profile));
    }

    /** @param figures serialised, of what the table shows */
    private record Protection(ProtectedTable table, String figures) {}

    private Protection protect(Block block, RawCells raw, BlockForm form, Profile profile, FigureHistory history) {
        List<RawCell> cells = raw.cells();
        boolean whole = Population.isWhole(block);
        List<Measure> measures = measures(block);
        List<EvidenceRow> evidence = new ArrayList<>();
        for (RawCell cell : cells) {
            List<Evidence> all = new ArrayList<>(cell.evidence());
            all.add(Evidence.ofCount(cell.units(), cell.units()));
            boolean everybody = whole && block.groupingSets().get(cell.set()).isEmpty();
            evidence.add(new EvidenceRow(
                    address(block, cell),
                    cell.units(),
                    raw.population(),
                    (long) raw.populationRows().differing(cell.rows()),
                    everybody,
                    all));
        }
        if (profile.zeros() == Profile.Zeros.HIDDEN) {
            evidence.addAll(LeftOutCells.of(block, raw, evidence, profile.threshold()));
        }
        Assessment assessment = rules.protect(
                new EvidenceTable(measures, evidence, margins(block, evidence), List.of(), List.of()),
                Appetites.of(profile));
        // In linked tables a hidden cell could be computed from its margins: there the whole figure goes.
        boolean linked = block.groupingSets().size() > 1;
        Set<Integer> apartAnywhere = new HashSet<>();
        if (linked) {
            // Those of few people are hidden and audited as they are.
            cells.stream()
                    .filter(c -> c.units() >= profile.threshold())
                    .forEach(c -> apartAnywhere.addAll(differing(block, form, c, profile.threshold())));
        }
        List<RawCell> named = new ArrayList<>();
        List<List<Cell>> judged = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            RawCell cell = cells.get(i);
            boolean small = assessment.rows().get(i).belowThreshold() || cell.units() < profile.threshold();
            Set<List<@Nullable Object>> domain = raw.domains().get(cell.set());
            if (small && (domain == null || !domain.contains(cell.keys()))) {
                continue; // its mere existence would tell something
            }
            List<Cell> protectedCells = new ArrayList<>();
            Set<Integer> apart = linked ? apartAnywhere : differing(block, form, cell, profile.threshold());
            for (int m = 0; m < block.atoms().size(); m++) {
                protectedCells.add(
                        apart.contains(m)
                                ? new Cell.Hidden(List.of(Rule.DIFFERENCE.id()))
                                : cell(assessment.cell(i, m), block.atoms().get(m)));
            }
            named.add(cell);
            judged.add(protectedCells);
        }
        TableFigures figures = TableFigures.of(block, form, raw.domains().keySet());
        List<Prints> prints = new HistoryRule(history, figures, linked)
                .apply(
                        prints(block, form, named, judged),
                        named.stream().map(RawCell::units).toList());
        List<ProtectedTable.Row> rows = new ArrayList<>();
        boolean anything = false;
        for (int i = 0; i < named.size(); i++) {
            RawCell cell = named.get(i);
            List<Cell> left = new ArrayList<>();
            for (int m = 0; m < block.atoms().size(); m++) {
                Cell before = judged.get(i).get(m);
                boolean shown = prints.get(i).prints().get(m) != null;
                anything |= shown;
                boolean answer = form.figures().get(m).answer();
                left.add(
                        before instanceof Cell.Shown && answer && !shown
                                ? new Cell.Hidden(List.of(Rule.HISTORY.id()))
                                : before);
            }
            rows.add(new ProtectedTable.Row(
                    cell.keys(), block.mask(block.groupingSets().get(cell.set())), left));
        }
        rows.sort(ORDER);
        return new Protection(
                new ProtectedTable(
                        rows, false, raw.domains().size() < block.groupingSets().size()),
                anything ? FiguresText.write(figures, prints) : "");
    }

    /** What the cells would show: figures that are part of the answer and not hidden. */
    private static List<Prints> prints(Block block, BlockForm form, List<RawCell> cells, List<List<Cell>> judged) {
        List<Prints> prints = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            RawCell cell = cells.get(i);
            List<@Nullable Fingerprint> shown = new ArrayList<>();
            for (int m = 0; m < block.atoms().size(); m++) {
                boolean answered = judged.get(i).get(m) instanceof Cell.Shown
                        && form.figures().get(m).answer();
                shown.add(answered ? cell.print(m) : null);
            }
            prints.add(new Prints(block.groupingSets().get(cell.set()), cell.keys(), shown));
        }
        return prints;
    }

    /** Indexes of figures of a cell that differ from another one by fewer people than the threshold. */
    private static Set<Integer> differing(Block block, BlockForm form, RawCell cell, int threshold) {
        Set<Integer> found = new HashSet<>();
        for (Block.Difference difference : block.differences()) {
            boolean few =
                    isFew(cell, difference.onlyFirst(), threshold) && isFew(cell, difference.onlySecond(), threshold);
            // What only decides whether another figure is shown is no figure that could be subtracted.
            boolean told = form.figures().get(difference.first()).answer()
                    && form.figures().get(difference.second()).answer();
            if (told && few && !(isNobody(cell, difference) && onPresence(form, difference))) {
                found.add(difference.first());
                found.add(difference.second());
            }
        }
        return found;
    }

    private static boolean isNobody(RawCell cell, Block.Difference difference) {
        return cell.evidence().get(difference.onlyFirst()).isEmpty()
                && cell.evidence().get(difference.onlySecond()).isEmpty();
    }

    /** Whether the two ask for the same but for values that must be there, by which nobody can be singled out. */
    private static boolean onPresence(BlockForm form, Block.Difference difference) {
        return conditions(form, difference.first()).equals(conditions(form, difference.second()));
    }

    private static Set<String> conditions(BlockForm form, int atom) {
        Set<String> parts = new HashSet<>();
        form.figures()
                .get(atom)
                .conditions()
                .forEach(text -> parts.addAll(ConjunctText.read(text).parts()));
        parts.removeIf(ConjunctText::isPresence);
        return parts;
    }

    /** Nobody is few as well, so that the answer does not tell whether it is somebody. */
    private static boolean isFew(RawCell cell, int atom, int threshold) {
        Long units = cell.evidence().get(atom).contributingUnits();
        return units == null || units < threshold; // unknown: as if few
    }

    private static Cell cell(Protected cell, Atom atom) {
        return switch (cell) {
            case Protected.Hidden h ->
                new Cell.Hidden(h.findings().stream()
                        .map(Finding::rule)
                        .map(Rule::id)
                        .distinct()
                        .toList());
            case Protected.Shown s -> {
                BigDecimal value = s.value();
                Object typed = value == null
                        ? null
                        : atom.type() == SqlType.NUMERIC
                                ? value
                                : (Object)
                                        value.setScale(0, RoundingMode.HALF_UP).longValueExact();
                yield new Cell.Shown(typed, s.rounded());
            }
        };
    }

    private static List<Measure> measures(Block block) {
        List<Measure> measures = new ArrayList<>();
        // Having a partner in an outer join says something about a person; that a value of one's own record is known
        // does not.
        Set<String> optional = optionalAliases(block);
        for (int i = 0; i < block.atoms().size(); i++) {
            String name = Block.atomName(i);
            Measure measure = switch (block.atoms().get(i)) {
                case Atom.Units u -> Measure.count(name, MeasureKind.UNITS);
                case Atom.Rows r -> Measure.count(name, MeasureKind.ROWS);
                case Atom.Records r -> Measure.count(name, MeasureKind.RECORDS);
                case Atom.DistinctValues d -> Measure.count(name, MeasureKind.DISTINCT_VALUES);
                case Atom.Sum s -> Measure.sum(name, s.step());
                case Atom.Position p -> Measure.position(name, p.step());
            };
            List<Expr> conditions = Expr.conjunctsOf(block.atoms().get(i).filter());
            boolean presence = conditions.stream()
                    .allMatch(c ->
                            c instanceof Expr.Call call && call.op() == Op.IS_NOT_NULL && !mentions(optional, call));
            measures.add(conditions.isEmpty() ? measure : presence ? measure.onPresence() : measure.onArm());
        }
        // The units of the cell itself: decides whether the group may be named at all; never shown.
        measures.add(Measure.count("units", MeasureKind.UNITS).unpublished());
        return measures;
    }

    /** Relations that a row may lack a partner in, or whose values are there by the branch that a row is from. */
    private static Set<String> optionalAliases(Block block) {
        Set<String> optional = new HashSet<>();
        block.input().walk(r -> {
            if (r instanceof Rel.Join join && join.kind() == Rel.Join.Kind.LEFT) {
                optional.addAll(join.right().aliases());
            }
            if (r instanceof Rel.UnionAll union) {
                optional.add(union.alias());
            }
        });
        return optional;
    }

    private static boolean mentions(Set<String> aliases, Expr expr) {
        boolean[] found = {false};
        expr.walk(e -> found[0] |= e instanceof Expr.Column c && aliases.contains(c.alias()));
        return found[0];
    }

    private static List<MarginEquation> margins(Block block, List<EvidenceRow> rows) {
        if (block.groupingSets().size() < 2) {
            return List.of();
        }
        List<GroupingSet> sets = new ArrayList<>();
        for (int s = 0; s < block.groupingSets().size(); s++) {
            sets.add(new GroupingSet(
                    s, block.groupingSets().get(s).stream().sorted().toList()));
        }
        return MarginEquations.of(rows.stream().map(EvidenceRow::address).toList(), sets);
    }

    private static Address address(Block block, RawCell cell) {
        List<String> keys = new ArrayList<>();
        for (int k : block.groupingSets().get(cell.set()).stream().sorted().toList()) {
            keys.add(keyText(cell.keys().get(k)));
        }
        return new Address(cell.set(), keys);
    }

    static String keyText(@Nullable Object key) {
        return key == null ? NULL_KEY : Texts.print(key);
    }

    /** By grouping set, then by key, NULLs last: never in source order. */
    private static final Comparator<ProtectedTable.Row> ORDER = (a, b) -> {
        for (int k = 0; k < a.keys().size(); k++) {
            Object x = a.keys().get(k);
            Object y = b.keys().get(k);
            int order = x == null ? (y == null ? 0 : 1) : y == null ? -1 : Evaluator.compare(x, y);
            if (order != 0) {
                return order;
            }
        }
        return Long.compare(a.grouping(), b.grouping());
    };
}
