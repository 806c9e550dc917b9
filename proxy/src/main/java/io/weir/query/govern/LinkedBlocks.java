package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Dataset;
import io.weir.policy.Linkage;
import io.weir.policy.Source;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Linked;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Blocks over one person's records of two sources, where the agreement grants linkage. What is asked of records stays on its side; nothing
 * but the person's key is compared across. Refuses the rest, before anything is read.
 */
final class LinkedBlocks {
    private static final Set<SqlType> INTEGERS = Set.of(SqlType.INT2, SqlType.INT4, SqlType.INT8);
    private static final Set<SqlType> TEXTS = Set.of(SqlType.TEXT, SqlType.VARCHAR);

    private final Scope scope;
    private final Linking linking;
    private final SourceValues source;
    private final Ruling ruling;

    LinkedBlocks(Scope scope, Linking linking, SourceValues source, Ruling ruling) {
        this.scope = scope;
        this.linking = linking;
        this.source = source;
        this.ruling = ruling;
    }

    /** Empty for a block whose rows are of one source, or may not be linked: that is for {@link OneSource} to say. */
    Optional<Linked> of(Block block) {
        Set<Dataset> datasets = OneSource.datasets(block.input());
        List<Linkage> granted = ruling.linkages().stream()
                .filter(l -> l.namespace().equals(block.namespace()))
                .toList();
        if (OneSource.isOne(datasets) || !OneSource.maybeLinked(datasets, granted)) {
            return Optional.empty();
        }
        if (datasets.stream().map(Dataset::source).distinct().count() > 2) {
            throw refuse(
                    ProblemCode.UNSUPPORTED,
                    "people of more than two sources are linked",
                    "Link two in each sub-query, and join the results.");
        }
        LinkedSides sides = LinkedSides.of(block, this::personKey);
        sameBuckets(sides);
        Rel kept = linkedByItself(sides.kept(), sides.subject(), block.namespace());
        Rel other = linkedByItself(sides.other(), sides.otherSubject(), block.namespace());
        Rel joined = new Rel.Join(
                sides.outer() ? Rel.Join.Kind.LEFT : Rel.Join.Kind.INNER,
                sides.kept().rel(),
                sides.other().rel(),
                sides.on());
        Expr where = sides.where();
        Rel whole = where.equals(Expr.always()) ? joined : new Rel.Filter(joined, where);
        return Optional.of(new Linked(
                block.over(source.mapConditions(whole)),
                side(block, sides, true, source.mapConditions(kept), sides.subject()),
                sides.keys(true),
                side(block, sides, false, source.mapConditions(other), sides.otherSubject()),
                sides.keys(false),
                sides.outer()));
    }

    private static Block side(Block block, LinkedSides sides, boolean kept, Rel input, Expr.Column subject) {
        List<Block.Key> keys =
                sides.keys(kept).stream().map(k -> block.keys().get(k)).toList();
        Set<Integer> all = new HashSet<>();
        for (int k = 0; k < keys.size(); k++) {
            all.add(k);
        }
        List<Atom> atoms = block.atoms().stream().map(a -> sides.atom(a, kept)).toList();
        return new Block(
                block.alias(),
                input,
                subject,
                block.namespace(),
                keys,
                List.of(all),
                atoms,
                List.of(),
                atoms.size(),
                Set.of());
    }

    /** The column that holds the person's key, behind what only changes its type. */
    private Optional<Expr.Column> personKey(Expr side) {
        return linking.uncast(side) instanceof Expr.Column c && scope.info(c).subject()
                ? Optional.of(c)
                : Optional.empty();
    }

    /** Both sources find a person in the same bucket, and give the keys in an order that is the same in both. */
    private void sameBuckets(LinkedSides sides) {
        Set<String> dialects = new HashSet<>();
        for (String id : List.of(sides.kept().source(), sides.other().source())) {
            Source known = ruling.policy().sources().get(id);
            dialects.add(known == null ? id : known.dialect());
        }
        SqlType own = sides.subject().type();
        SqlType theirs = sides.otherSubject().type();
        boolean postgres = dialects.equals(Set.of("postgresql"));
        boolean alike = INTEGERS.contains(own) && (own == theirs || postgres && INTEGERS.contains(theirs))
                || postgres && TEXTS.contains(own) && TEXTS.contains(theirs);
        if (dialects.size() > 1 || !alike) {
            throw refuse(
                    ProblemCode.UNSUPPORTED,
                    "sources %s and %s do not put people into the same buckets, by which figures of the same people are compared"
                            .formatted(sides.kept().source(), sides.other().source()),
                    "Aggregate in each source and join the results; people can be linked in sources of one dialect, by keys of one kind.");
        }
    }

    /** The side with its conditions. Refuses relations of a side that are only linked through the other one. */
    private Rel linkedByItself(LinkedSides.Side side, Expr.Column subject, String namespace) {
        List<UnitRows.Unit> units = new ArrayList<>();
        units.add(new UnitRows.Unit(subject.alias(), subject, namespace));
        for (String alias : side.rel().aliases().stream().sorted().toList()) {
            if (scope.hasSubject(alias) && !alias.equals(subject.alias())) {
                units.add(new UnitRows.Unit(alias, Scope.subjectOf(alias, subject.type()), namespace));
            }
        }
        Expr conditions = Expr.and(side.conditions());
        Rel rel = conditions.equals(Expr.always()) ? side.rel() : new Rel.Filter(side.rel(), conditions);
        linking.check(new UnitRows(rel, List.of(), units, null), Set.of());
        return rel;
    }
}
