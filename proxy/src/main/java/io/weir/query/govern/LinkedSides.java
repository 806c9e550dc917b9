package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Dataset;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A block's join taken apart into the relations and conditions of each of two sources. Refuses whatever is asked of both but that they are
 * records of one person. One a block.
 */
final class LinkedSides {
    private static final String APART =
            "Ask each source's records in conditions and keys of their own, joined by the person's key alone; or aggregate in each source and join the results.";

    private final Block block;
    private final Function<Expr, Optional<Expr.Column>> personKeys;
    private final Map<String, String> sourceOf = new HashMap<>();
    private final String keptSource;
    private final String otherSource;
    private final List<Expr> keptConditions = new ArrayList<>();
    private final List<Expr> otherConditions = new ArrayList<>();
    private final List<Expr> links = new ArrayList<>();
    private Expr.@Nullable Column otherSubject;
    private boolean outer;
    private final Parts parts;

    /** What two relations are on each side, null where they are nothing. */
    private record Parts(@Nullable Rel kept, @Nullable Rel other) {}

    private enum Place {
        KEPT,
        OTHER,
        BOTH
    }

    /**
     * @param rel without the conditions
     * @param conditions of its records alone
     */
    record Side(String source, Rel rel, List<Expr> conditions) {
        Side {
            conditions = List.copyOf(conditions);
        }
    }

    private LinkedSides(Block block, Function<Expr, Optional<Expr.Column>> personKeys) {
        this.block = block;
        this.personKeys = personKeys;
        locate(block.input());
        this.keptSource = Objects.requireNonNull(sourceOf.get(subject().alias()));
        this.otherSource = OneSource.datasets(block.input()).stream()
                .map(Dataset::source)
                .filter(s -> !s.equals(keptSource))
                .findFirst()
                .orElseThrow();
        this.parts = split(block.input());
    }

    /** @param personKeys the column that is a person's key, of an operand that is nothing else */
    static LinkedSides of(Block block, Function<Expr, Optional<Expr.Column>> personKeys) {
        LinkedSides sides = new LinkedSides(block, personKeys);
        if (sides.parts.other() == null || sides.otherSubject == null) {
            throw OneSource.several(OneSource.datasets(block.input()));
        }
        if (block.groupingSets().size() > 1 && block.atoms().stream().anyMatch(a -> a instanceof Atom.Records)) {
            throw refuse(
                    ProblemCode.UNSUPPORTED,
                    "different records of linked people are counted in a table with margins",
                    "Count rows or people, or ask for each grouping in a SELECT of its own.");
        }
        return sides;
    }

    Expr.Column subject() {
        return (Expr.Column) block.subject();
    }

    Expr.Column otherSubject() {
        return Objects.requireNonNull(otherSubject);
    }

    Side kept() {
        return new Side(keptSource, Objects.requireNonNull(parts.kept()), keptConditions);
    }

    Side other() {
        return new Side(otherSource, Objects.requireNonNull(parts.other()), otherConditions);
    }

    boolean outer() {
        return outer;
    }

    /** What joins the sides. */
    Expr on() {
        List<Expr> on = new ArrayList<>(links);
        on.addAll(outer ? otherConditions : List.of());
        return Expr.and(on);
    }

    /** What is asked of joined rows. */
    Expr where() {
        List<Expr> where = new ArrayList<>(keptConditions);
        where.addAll(outer ? List.of() : otherConditions);
        return Expr.and(where);
    }

    /** Indexes of the block's keys that are of a side. */
    List<Integer> keys(boolean kept) {
        return IntStream.range(0, block.keys().size())
                .filter(k -> isOf(block.keys().get(k).expr(), kept, "a grouping key"))
                .boxed()
                .toList();
    }

    /** What a side has to tell of an atom. */
    Atom atom(Atom atom, boolean kept) {
        List<Expr> own = Expr.conjunctsOf(atom.filter()).stream()
                .filter(c -> isOf(c, kept, "a condition of an aggregate"))
                .toList();
        Atom rows = new Atom.Rows(Expr.and(own), atom.step());
        return switch (atom) {
            case Atom.Units u -> rows;
            case Atom.Rows r -> rows;
            case Atom.Records r ->
                isOf(r.record(), kept, "what is counted")
                        ? new Atom.Records(r.record(), rows.filter(), r.step())
                        : rows;
            case Atom.Sum s ->
                isOf(s.argument(), kept, "what is added up")
                        ? new Atom.Sum(s.argument(), rows.filter(), s.step())
                        : rows;
            case Atom.DistinctValues d -> throw notOfLinked("different values");
            case Atom.Position p -> throw notOfLinked("percentiles");
        };
    }

    private static RuntimeException notOfLinked(String what) {
        return refuse(
                ProblemCode.UNSUPPORTED,
                what + " over linked records of two sources",
                "Count rows or people, and take sums and averages, of linked records.");
    }

    private boolean isOf(Expr expr, boolean kept, String what) {
        return switch (place(expr)) {
            case KEPT -> kept;
            case OTHER -> {
                // Of people without records there it is evaluated by Weir, which has no rows to look into.
                if (outer && hasSubQuery(expr)) {
                    throw behindOuter();
                }
                yield !kept;
            }
            case BOTH -> throw mixed(what);
        };
    }

    private static boolean hasSubQuery(Expr expr) {
        boolean[] found = {false};
        expr.walk(e -> found[0] |= e instanceof Expr.Exists);
        return found[0];
    }

    private RuntimeException mixed(String what) {
        return refuse(
                ProblemCode.UNSUPPORTED,
                "%s is asked of records in source %s and in source %s together"
                        .formatted(what, keptSource, otherSource),
                APART);
    }

    /** Finds out where each relation of the join lies. */
    private void locate(Rel rel) {
        switch (rel) {
            case Rel.Filter f -> locate(f.input());
            case Rel.Join j -> {
                locate(j.left());
                locate(j.right());
            }
            default -> {
                List<String> sources = sources(rel);
                if (sources.size() != 1) {
                    throw sources.isEmpty()
                            ? refuse(
                                    ProblemCode.UNSUPPORTED,
                                    "constant rows are joined to linked records of two sources",
                                    "Write the constants into conditions.")
                            : OneSource.several(OneSource.datasets(rel));
                }
                rel.aliases().forEach(alias -> sourceOf.put(alias, sources.getFirst()));
            }
        }
    }

    private static List<String> sources(Rel rel) {
        return rel.scans().stream().map(s -> s.dataset().source()).distinct().toList();
    }

    private Parts split(Rel rel) {
        return switch (rel) {
            case Rel.Filter f -> {
                Parts input = split(f.input());
                Expr.conjunctsOf(f.condition()).forEach(this::require);
                yield input;
            }
            case Rel.Join j -> j.kind() == Rel.Join.Kind.INNER ? inner(j) : left(j);
            default -> leaf(rel);
        };
    }

    private Parts leaf(Rel rel) {
        return sources(rel).getFirst().equals(keptSource) ? new Parts(rel, null) : new Parts(null, rel);
    }

    private Parts inner(Rel.Join join) {
        Parts left = split(join.left());
        Parts right = split(join.right());
        if (outer && right.other() != null) {
            throw behindOuter();
        }
        List<Expr> keptOn = new ArrayList<>();
        List<Expr> otherOn = new ArrayList<>();
        for (Expr conjunct : Expr.conjunctsOf(join.condition())) {
            switch (place(conjunct)) {
                case KEPT -> (left.kept() != null && right.kept() != null ? keptOn : keptConditions).add(conjunct);
                case OTHER -> {
                    if (outer) {
                        throw behindOuter();
                    }
                    (left.other() != null && right.other() != null ? otherOn : otherConditions).add(conjunct);
                }
                case BOTH -> link(conjunct);
            }
        }
        return new Parts(joined(left.kept(), right.kept(), keptOn), joined(left.other(), right.other(), otherOn));
    }

    private static @Nullable Rel joined(@Nullable Rel left, @Nullable Rel right, List<Expr> on) {
        return left == null
                ? right
                : right == null ? left : new Rel.Join(Rel.Join.Kind.INNER, left, right, Expr.and(on));
    }

    private Parts left(Rel.Join join) {
        Parts left = split(join.left());
        Parts right = split(join.right());
        boolean ofKept = right.other() == null;
        if (right.kept() != null && !ofKept) {
            throw OneSource.several(OneSource.datasets(join.right()));
        }
        Rel own = ofKept ? left.kept() : left.other();
        List<Expr> conjuncts = Expr.conjunctsOf(join.condition());
        if (own != null) {
            if (outer && !ofKept) {
                throw behindOuter();
            }
            if (!conjuncts.stream().allMatch(c -> place(c) == (ofKept ? Place.KEPT : Place.OTHER))) {
                throw mixed("the condition of an outer join");
            }
            Rel optional = Objects.requireNonNull(ofKept ? right.kept() : right.other());
            Rel extended = new Rel.Join(Rel.Join.Kind.LEFT, own, optional, join.condition());
            return ofKept ? new Parts(extended, left.other()) : new Parts(left.kept(), extended);
        }
        outer = true;
        for (Expr conjunct : conjuncts) {
            switch (place(conjunct)) {
                case KEPT -> throw mixed("the condition of an outer join");
                case OTHER -> otherConditions.add(conjunct);
                case BOTH -> link(conjunct);
            }
        }
        return new Parts(left.kept(), right.other());
    }

    /** A condition of all rows of a level. */
    private void require(Expr conjunct) {
        switch (place(conjunct)) {
            case KEPT -> keptConditions.add(conjunct);
            case OTHER -> {
                if (outer) {
                    throw behindOuter();
                }
                otherConditions.add(conjunct);
            }
            case BOTH -> link(conjunct);
        }
    }

    private static RuntimeException subQuery(String one, String other) {
        return refuse(
                ProblemCode.UNSUPPORTED,
                "a sub-query over source %s is asked of each record in source %s".formatted(other, one),
                "Join its people instead: JOIN (SELECT key FROM … WHERE … GROUP BY key) x ON x.key = …; for those without, LEFT JOIN and count with FILTER (WHERE x.key IS NULL).");
    }

    private RuntimeException behindOuter() {
        return refuse(
                ProblemCode.UNSUPPORTED,
                "something is asked of records in source %s after people without any were kept by an outer join"
                        .formatted(otherSource),
                "Put the condition into ON, use JOIN instead of LEFT JOIN, or count with FILTER.");
    }

    private void link(Expr conjunct) {
        if (!outer || otherSubject == null) {
            if (conjunct instanceof Expr.Call(Op op, List<Expr> a, SqlType t) && op == Op.EQUAL) {
                Optional<Expr.Column> x = personKeys.apply(a.get(0));
                Optional<Expr.Column> y = personKeys.apply(a.get(1));
                if (x.isPresent() && y.isPresent()) {
                    links.add(conjunct);
                    Expr.Column theirs = place(x.get()) == Place.OTHER ? x.get() : y.get();
                    otherSubject = otherSubject == null ? theirs : otherSubject;
                    return;
                }
            }
        }
        throw hasSubQuery(conjunct) ? subQuery(keptSource, otherSource) : mixed("a condition");
    }

    /** Whose columns occur; constants count as of the kept side. */
    private Place place(Expr expr) {
        Set<String> found = new HashSet<>();
        sources(expr, found);
        return found.size() > 1 ? Place.BOTH : found.isEmpty() || found.contains(keptSource) ? Place.KEPT : Place.OTHER;
    }

    private void sources(Expr expr, Set<String> into) {
        expr.walk(e -> {
            if (e instanceof Expr.Column c && sourceOf.containsKey(c.alias())) {
                into.add(sourceOf.get(c.alias()));
            } else if (e instanceof Expr.Exists exists) {
                exists.rel().walk(r -> {
                    if (r instanceof Rel.Scan scan) {
                        into.add(scan.dataset().source());
                    }
                    r.expressions().forEach(inner -> sources(inner, into));
                });
            }
        });
    }
}
