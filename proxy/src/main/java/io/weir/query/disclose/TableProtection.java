package io.weir.query.disclose;

import io.weir.disclosure.DisclosureRules;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.WithheldCell;
import io.weir.disclosure.history.Fingerprint;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.HiddenInterval;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import io.weir.policy.Profile;
import io.weir.query.disclose.ProtectedTable.Cell;
import io.weir.query.disclose.ProtectedTable.Known;
import io.weir.query.disclose.RawCells.RawCell;
import io.weir.query.disclose.TableFigures.Prints;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.rewrite.BlockForm;
import io.weir.query.rewrite.MerePresence;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One new table on its way: judged cell by cell, with its margins, and beside what was shown before. In a table with margins a cell that is
 * hidden beside an earlier figure could be worked out from them, so the table is protected again with that cell withheld, until nothing more
 * has to be: each round hides more, and a measure that takes too many rounds is hidden as a whole. Confined to one thread.
 */
final class TableProtection {
    private static final int MOST_ROUNDS = 12;

    /** A table of more cells takes seconds a round, during which others wait. */
    private static final int MANY_CELLS = 2_000;

    private final DisclosureRules rules = new DisclosureRules();
    private final Block block;
    private final BlockForm form;
    private final Profile profile;
    private final RawCells raw;
    private final EvidenceTable evidence;
    private final TableFigures figures;
    private final HiddenRests rests;
    private final MerePresence there;
    private final boolean linked;

    /** All prints of all cells, shown or not. */
    private final List<Prints> truth = new ArrayList<>();

    TableProtection(Block block, BlockForm form, Profile profile, RawCells raw) {
        this.block = block;
        this.form = form;
        this.profile = profile;
        this.raw = raw;
        this.there = MerePresence.in(block.input());
        this.evidence = TableEvidence.of(block, there, raw, profile);
        this.figures = TableFigures.of(block, form, raw.domains().keySet());
        this.linked = block.groupingSets().size() > 1;
        for (RawCell cell : raw.cells()) {
            List<@Nullable Fingerprint> prints = new ArrayList<>();
            for (int m = 0; m < block.atoms().size(); m++) {
                prints.add(cell.print(m));
            }
            truth.add(new Prints(
                    block.groupingSets().get(cell.set()), cell.keys(), Collections.unmodifiableList(prints)));
        }
        this.rests = new HiddenRests(figures, linked ? truth : List.of());
    }

    /** @param figures serialised, of what the table shows */
    record Outcome(ProtectedTable table, String figures) {}

    /**
     * @param judged by cell of the source, then by atom; null for a group that must not be named
     * @param prints of what is shown, by cell
     */
    private record Round(List<@Nullable List<Cell>> judged, List<Prints> prints) {}

    Outcome beside(Histories history) {
        List<WithheldCell> withheld = new ArrayList<>();
        if (linked) {
            for (int c = 0; c < raw.cells().size(); c++) {
                // Those of few people are hidden and audited as they are.
                if (raw.cells().get(c).units() >= profile.threshold()) {
                    for (int m : apart(c)) {
                        withheld.add(new WithheldCell(c, m, Rule.DIFFERENCE));
                    }
                }
            }
        }
        Round round = round(withheld, history);
        List<List<Integer>> more = hiddenByHistory(round);
        int mostRounds = raw.cells().size() > MANY_CELLS ? 1 : MOST_ROUNDS;
        for (int rounds = 1; linked && !more.isEmpty(); rounds++) {
            if (rounds > mostRounds) {
                Set<Integer> measures = new TreeSet<>();
                more.forEach(cell -> measures.add(cell.getLast()));
                more = new ArrayList<>();
                for (int c = 0; c < raw.cells().size(); c++) {
                    for (int m : measures) {
                        more.add(List.of(c, m));
                    }
                }
            }
            // Of a cell that is withheld already the first reason counts.
            more.forEach(cell -> withheld.add(new WithheldCell(cell.getFirst(), cell.getLast(), Rule.HISTORY)));
            history.forgetAnswer();
            round = round(withheld, history);
            more = hiddenByHistory(round);
        }
        return outcome(round);
    }

    private Round round(List<WithheldCell> withheld, Histories history) {
        Assessment assessment = rules.protect(evidence.withholding(withheld), profile.appetite());
        Map<List<Integer>, Known> known = new HashMap<>();
        for (HiddenInterval of : assessment.intervals()) {
            known.put(List.of(of.row(), of.measure()), new Known(of.lower(), of.upper()));
        }
        List<@Nullable List<Cell>> judged = new ArrayList<>();
        List<Prints> shown = new ArrayList<>();
        for (int c = 0; c < raw.cells().size(); c++) {
            List<Cell> cells = judge(c, assessment, known);
            judged.add(cells);
            Prints all = truth.get(c);
            List<@Nullable Fingerprint> prints = new ArrayList<>();
            for (int m = 0; m < block.atoms().size(); m++) {
                boolean isShown = cells != null
                        && cells.get(m) instanceof Cell.Shown
                        && form.figures().get(m).answer();
                prints.add(isShown ? all.prints().get(m) : null);
            }
            shown.add(new Prints(all.grouped(), all.keys(), prints));
        }
        List<Long> units = raw.cells().stream().map(RawCell::units).toList();
        return new Round(
                Collections.unmodifiableList(judged), new HistoryRule(history, figures, rests).apply(shown, units));
    }

    /** The cell's values, null when its mere existence would tell something. */
    private @Nullable List<Cell> judge(int c, Assessment assessment, Map<List<Integer>, Known> known) {
        RawCell cell = raw.cells().get(c);
        boolean small = assessment.rows().get(c).belowThreshold() || cell.units() < profile.threshold();
        Set<List<@Nullable Object>> domain = raw.domains().get(cell.set());
        if (small && (domain == null || !domain.contains(cell.keys()))) {
            return null;
        }
        List<Cell> cells = new ArrayList<>();
        Set<Integer> apart = linked ? Set.of() : apart(c);
        for (int m = 0; m < block.atoms().size(); m++) {
            cells.add(
                    apart.contains(m)
                            ? new Cell.Hidden(Rule.DIFFERENCE)
                            : cell(
                                    assessment.cell(c, m),
                                    known.get(List.of(c, m)),
                                    block.atoms().get(m)));
        }
        return cells;
    }

    private Set<Integer> apart(int c) {
        return Differences.of(block, form, there, raw.cells().get(c), profile.threshold());
    }

    /** Cells and measures that would be shown but for the history. */
    private List<List<Integer>> hiddenByHistory(Round round) {
        List<List<Integer>> hidden = new ArrayList<>();
        for (int c = 0; c < raw.cells().size(); c++) {
            List<Cell> cells = round.judged().get(c);
            for (int m = 0; cells != null && m < cells.size(); m++) {
                if (isHidden(round, c, m, cells.get(m))) {
                    hidden.add(List.of(c, m));
                }
            }
        }
        return hidden;
    }

    private boolean isHidden(Round round, int c, int m, Cell judged) {
        return judged instanceof Cell.Shown
                && form.figures().get(m).answer()
                && round.prints().get(c).prints().get(m) == null;
    }

    private Outcome outcome(Round round) {
        List<ProtectedTable.Row> rows = new ArrayList<>();
        List<Prints> named = new ArrayList<>();
        boolean anything = false;
        for (int c = 0; c < raw.cells().size(); c++) {
            List<Cell> judged = round.judged().get(c);
            if (judged == null) {
                continue;
            }
            List<Cell> cells = new ArrayList<>();
            for (int m = 0; m < judged.size(); m++) {
                cells.add(isHidden(round, c, m, judged.get(m)) ? new Cell.Hidden(Rule.HISTORY) : judged.get(m));
                anything |= round.prints().get(c).prints().get(m) != null;
            }
            RawCell cell = raw.cells().get(c);
            rows.add(new ProtectedTable.Row(
                    cell.keys(), block.mask(block.groupingSets().get(cell.set())), cells));
            named.add(round.prints().get(c));
        }
        rows.sort(Discloser.ORDER);
        return new Outcome(
                new ProtectedTable(
                        rows, false, raw.domains().size() < block.groupingSets().size()),
                anything ? FiguresText.write(figures, named, profile.threshold()) : "");
    }

    private static Cell cell(Protected cell, @Nullable Known known, Atom atom) {
        return switch (cell) {
            case Protected.Hidden h ->
                new Cell.Hidden(
                        h.findings().stream()
                                .map(Finding::rule)
                                .map(Rule::id)
                                .distinct()
                                .toList(),
                        known);
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
}
