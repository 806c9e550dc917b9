package io.weir.query.disclose;

import io.weir.disclosure.history.FigureHistory;
import io.weir.policy.Profile;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.disclose.ProtectedTable.Cell;
import io.weir.query.execute.RawBlock;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Texts;
import io.weir.query.rewrite.BlockForm;
import io.weir.query.rewrite.BlockIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stage's door for aggregates: raw cells and evidence in, protected tables out. An answer given before is replayed; of a new one is
 * hidden what, beside the figures shown before, would tell what few people contribute.
 */
public final class Discloser {
    /** Rows of one table with margins: some seconds of work. */
    private static final int MOST_LINKED_ROWS = 50_000;

    private static final String NULL_KEY = "\u0000null";

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
                        Histories none = new Histories(List.of(new FigureHistory(profile.threshold())));
                        return publishable(new TableProtection(block, form, profile, cells).beside(none), form);
                    }
                    return kept.of(data.compared())
                            .beside(
                                    earlier,
                                    profile.threshold(),
                                    history -> publishable(
                                            new TableProtection(block, form, profile, cells).beside(history), form));
                });
        ProtectedTable table = read(answer, block, form);
        return computed[0] ? new ProtectedTable(table.rows(), false, table.open()) : table;
    }

    private static PublishedAnswers.Answer publishable(TableProtection.Outcome protection, BlockForm form) {
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

    static String keyText(@Nullable Object key) {
        return key == null ? NULL_KEY : Texts.print(key);
    }

    /** By grouping set, then by key, NULLs last: never in source order. */
    static final Comparator<ProtectedTable.Row> ORDER = (a, b) -> {
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
