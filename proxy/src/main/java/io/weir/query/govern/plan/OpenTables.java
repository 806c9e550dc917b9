package io.weir.query.govern.plan;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.util.List;
import java.util.Set;

/**
 * Tables from which groups of few people are left out, because their keys have no public domain. Nobody may know whether one was: so
 * whatever is computed over all rows of such a table, a total, a share, the largest, would be a wrong number without a sign. It is refused,
 * whether or not a group is missing. Pure.
 */
public final class OpenTables {
    private OpenTables() {}

    /** Aliases of blocks that have a grouping key without a domain. */
    public static Set<String> structurallyOpen(List<Block> blocks) {
        return Set.copyOf(blocks.stream()
                .filter(b -> b.groupingSets().stream()
                        .flatMap(Set::stream)
                        .anyMatch(k -> b.keys().get(k).domain() instanceof KeyDomain.Open))
                .map(Block::alias)
                .toList());
    }

    /**
     * @param open aliases of open blocks
     * @throws io.weir.problem.ProblemException SHAPE when an aggregate or a window's aggregate is computed over an open block
     */
    public static void check(Residual residual, List<Rel.Named> outputs, Set<String> open) {
        if (open.isEmpty()) {
            return;
        }
        residual(residual, open);
        outputs.forEach(o -> scalars(o.expr(), open));
    }

    /** Checks below, and tells whether rows may be missing. */
    private static boolean residual(Residual residual, Set<String> open) {
        List<Boolean> below = residual.inputs().map(r -> residual(r, open)).toList();
        residual.expressions().forEach(e -> scalars(e, open));
        boolean missing = below.contains(true) || residual instanceof Residual.ReadBlock b && open.contains(b.alias());
        boolean computes = switch (residual) {
            case Residual.Aggregate a -> !a.calls().isEmpty();
            case Residual.Window w -> w.calls().stream().anyMatch(c -> !ranks(c.function()));
            default -> false;
        };
        if (missing && computes) {
            throw Problem.of(
                            ProblemCode.SHAPE,
                            "an aggregate is computed over a grouped table from which groups of few people are left out",
                            "Take the total from its own SELECT over the tables, or from ROLLUP; ORDER BY, LIMIT and rank() over the groups are fine.")
                    .asException();
        }
        if (readsAbsence(residual, below)) {
            throw Problem.of(
                            ProblemCode.SHAPE,
                            "the absence of a group is read from a grouped table from which groups of few people are left out",
                            "Use an inner join, or count both in one SELECT with FILTER.")
                    .asException();
        }
        return missing;
    }

    /**
     * An outer join's optional side, and what EXCEPT takes away: a group that was left out looks like one that does not exist.
     *
     * @param missing whether rows may be missing, for each input
     */
    private static boolean readsAbsence(Residual residual, List<Boolean> missing) {
        return switch (residual) {
            case Residual.Join j ->
                switch (j.kind()) {
                    case INNER -> false;
                    case LEFT -> missing.get(1);
                    case RIGHT -> missing.get(0);
                    case FULL -> missing.contains(true);
                };
            case Residual.SetOperation s ->
                s.kind() == Residual.SetOperation.Kind.EXCEPT
                        && missing.subList(1, missing.size()).contains(true);
            default -> false;
        };
    }

    private static boolean ranks(Residual.Window.Function function) {
        return switch (function) {
            case ROW_NUMBER, RANK, DENSE_RANK -> true;
            // The row before is the one before the gap, and the first is the first that is shown.
            case PERCENT_RANK, CUMULATIVE_DISTRIBUTION, NTILE, LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE -> false;
            case COUNT, SUM, AVERAGE, MINIMUM, MAXIMUM -> false;
        };
    }

    private static void scalars(Expr expr, Set<String> open) {
        expr.walk(e -> {
            if (e instanceof Expr.Scalar scalar) {
                residual(scalar.residual(), open);
                scalars(scalar.value(), open);
            }
        });
    }
}
