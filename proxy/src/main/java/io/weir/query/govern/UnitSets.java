package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.ColumnClass;
import io.weir.policy.DatasetName;
import io.weir.policy.Grid;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.core.SetOp;
import org.jspecify.annotations.Nullable;

/**
 * UNION, INTERSECT and EXCEPT of rows about people of one kind. Each branch keeps its own unit key, so constants never count as people.
 * Refuses branches without people; INTERSECT and EXCEPT of more than the person's key; and a UNION that reads a dataset twice, but for people alone: there a record
 * would count twice, and the history of answers looks for sums and differences of figures, not for multiples.
 */
final class UnitSets {
    private final Scope scope;
    private final DerivedRows derived;
    private final Moments moments;
    private final SourceValues source;

    UnitSets(Scope scope, DerivedRows derived, Moments moments, SourceValues source) {
        this.scope = scope;
        this.derived = derived;
        this.moments = moments;
        this.source = source;
    }

    UnitRows translate(SetOp setOp, List<Translated> inputs) {
        List<SqlType> types = setOp.getRowType().getFieldList().stream()
                .map(f -> SqlTypes.of(f.getType()).type())
                .toList();
        List<UnitRows> branches = new ArrayList<>();
        for (Translated input : inputs) {
            if (!(input instanceof UnitRows rows) || !rows.personal()) {
                throw refuse(
                        ProblemCode.SHAPE,
                        "a set operation of rows about people and of something else",
                        "Aggregate first, and unite the results.");
            }
            branches.add(derived.derived(rows.unlimited()));
        }
        String namespace = branches.getFirst().units().getFirst().namespace();
        if (branches.stream().anyMatch(b -> !b.units().getFirst().namespace().equals(namespace))) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "a set operation of rows about units of different kinds",
                    "Aggregate first, and unite the results.");
        }
        return switch (setOp.kind) {
            case UNION -> {
                if (setOp.all || !branches.stream().allMatch(this::isPersonAlone)) {
                    requireDatasetsOnce(branches);
                }
                UnitRows all = union(branches, types, namespace);
                yield setOp.all ? all : distinct(all);
            }
            case INTERSECT -> people(branches, true, setOp.all);
            case EXCEPT -> people(branches, false, setOp.all);
            default -> throw refuse(ProblemCode.UNSUPPORTED, "this set operation");
        };
    }

    private UnitRows union(List<UnitRows> branches, List<SqlType> types, String namespace) {
        String alias = scope.newAlias("q");
        List<Rel.Derived> written = new ArrayList<>();
        Map<String, ColumnInfo> infos = new HashMap<>();
        for (UnitRows branch : branches) {
            List<Rel.Named> outputs = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                Expr value = source.values(moments.cast(branch.columns().get(i), types.get(i)));
                outputs.add(new Rel.Named("c" + i, value));
                infos.merge("c" + i, describe(branch.columns().get(i)), UnitSets::both);
            }
            outputs.add(new Rel.Named(Rel.SUBJECT, branch.units().getFirst().key()));
            written.add(new Rel.Derived(scope.newAlias("d"), branch.rel(), outputs, false));
        }
        infos.put(Rel.SUBJECT, ColumnInfo.subjectKey(namespace));
        scope.declareComputed(alias, infos);
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(new Expr.Column(alias, "c" + i, types.get(i)));
        }
        SqlType key = branches.getFirst().units().getFirst().key().type();
        return new UnitRows(
                new Rel.UnionAll(alias, written),
                columns,
                List.of(new UnitRows.Unit(alias, Scope.subjectOf(alias, key), namespace)),
                null);
    }

    private ColumnInfo describe(Expr column) {
        return column instanceof Expr.Column c
                ? scope.info(c)
                : ColumnInfo.attribute(new Grid.NoRanges(), null, scope.isCoarse(column), Magnitude.CALCULATED);
    }

    /** What is known of a column that holds values of two: the stricter of both. */
    private static ColumnInfo both(ColumnInfo a, ColumnInfo b) {
        if (a.equals(b)) {
            return a;
        }
        ColumnClass stricter = a.columnClass().compareTo(b.columnClass()) <= 0 ? a.columnClass() : b.columnClass();
        for (ColumnClass c : List.of(ColumnClass.TEXT, ColumnClass.IDENTIFIER, ColumnClass.QUASI)) {
            if (a.columnClass() == c || b.columnClass() == c) {
                stricter = c;
                break;
            }
        }
        boolean oneNamespace = Objects.equals(a.namespace(), b.namespace());
        return new ColumnInfo(
                stricter,
                oneNamespace ? a.namespace() : null,
                a.subject() && b.subject() && oneNamespace,
                a.grid().equals(b.grid()) ? a.grid() : new Grid.NoRanges(),
                true,
                larger(a.roundingStep(), b.roundingStep()),
                null,
                null,
                a.coarse() || b.coarse(),
                a.magnitude().equals(b.magnitude()) ? a.magnitude() : Magnitude.CALCULATED);
    }

    private static @Nullable BigDecimal larger(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a == null || b == null ? null : a.max(b);
    }

    /** One row a person and combination of values: UNION without ALL. */
    private UnitRows distinct(UnitRows rows) {
        boolean holdsPerson = rows.columns().stream()
                .anyMatch(c ->
                        c instanceof Expr.Column column && scope.info(column).subject());
        if (!holdsPerson) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "UNION of rows about people without the person's key",
                    "Write UNION ALL, or select the person's key too.");
        }
        String alias = scope.newAlias("u");
        List<Rel.Named> keys = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        Map<String, ColumnInfo> infos = new HashMap<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            Expr column = rows.columns().get(i);
            keys.add(new Rel.Named("k" + i, column));
            columns.add(new Expr.Column(alias, "k" + i, column.type()));
            infos.put("k" + i, describe(column));
        }
        UnitRows.Unit unit = rows.units().getFirst();
        keys.add(new Rel.Named(Rel.SUBJECT, unit.key()));
        infos.put(Rel.SUBJECT, ColumnInfo.subjectKey(unit.namespace()));
        scope.declareComputed(alias, infos);
        return new UnitRows(
                new Rel.PerSubject(alias, rows.rel(), keys, List.of()),
                columns,
                List.of(new UnitRows.Unit(
                        alias, Scope.subjectOf(alias, unit.key().type()), unit.namespace())),
                null);
    }

    private boolean isPersonAlone(UnitRows branch) {
        return branch.columns().size() == 1
                && branch.columns().getFirst() instanceof Expr.Column c
                && scope.info(c).subject();
    }

    private static void requireDatasetsOnce(List<UnitRows> branches) {
        Set<DatasetName> seen = new HashSet<>();
        for (UnitRows branch : branches) {
            Set<DatasetName> own = new HashSet<>();
            branch.rel().walk(r -> {
                if (r instanceof Rel.Scan scan && scan.personal()) {
                    own.add(scan.dataset().name());
                }
            });
            for (DatasetName name : own) {
                if (!seen.add(name)) {
                    throw refuse(
                            ProblemCode.SHAPE,
                            "a UNION reads " + name + " twice",
                            "Join the conditions by OR, or ask for one count(*) FILTER (WHERE …) each.");
                }
            }
        }
    }

    /** People of the first branch who are, or are not, in the others: what IN and NOT IN say. */
    private UnitRows people(List<UnitRows> branches, boolean in, boolean all) {
        for (UnitRows branch : branches) {
            if (!isPersonAlone(branch) || all) {
                throw refuse(
                        ProblemCode.SHAPE,
                        "INTERSECT or EXCEPT of rows about people",
                        "Select the person's key alone in each branch; or use EXISTS and NOT EXISTS.");
            }
        }
        UnitRows first = distinct(branches.getFirst());
        Rel rel = first.rel();
        Expr key = first.units().getFirst().key();
        for (UnitRows other : branches.subList(1, branches.size())) {
            Expr same = Expr.predicate(Op.EQUAL, other.units().getFirst().key(), key);
            Expr exists = new Expr.Exists(new Rel.Filter(other.rel(), same));
            rel = new Rel.Filter(rel, in ? exists : Expr.predicate(Op.NOT, exists));
        }
        return first.withRel(rel);
    }
}
