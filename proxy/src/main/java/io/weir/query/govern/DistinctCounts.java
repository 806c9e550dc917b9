package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What count(DISTINCT …) counts: people, their records, or values. Refuses identifiers whose values cannot be attributed to one person each.
 */
final class DistinctCounts {
    private final UnitRows rows;
    private final Rules rules;
    private final Scope scope;
    private final Atoms atoms;
    private final UnaryOperator<Expr> sourceValues;
    private final Linking linking;

    /** @param sourceValues puts source values into an argument */
    DistinctCounts(
            UnitRows rows, Rules rules, Scope scope, Atoms atoms, UnaryOperator<Expr> sourceValues, Linking linking) {
        this.linking = linking;
        this.rows = rows;
        this.rules = rules;
        this.scope = scope;
        this.atoms = atoms;
        this.sourceValues = sourceValues;
    }

    Expr translate(Expr argument, Expr filter) {
        if (argument instanceof Expr.Column c) {
            ColumnInfo info = scope.info(c);
            if (info.subject()) {
                // A person without a partner in an outer join has no key there.
                Expr present = scope.isOptional(c.alias()) ? Expr.and(List.of(filter, Arms.notNull(c))) : filter;
                return atoms.of(new Atom.Units(present, atoms.base()));
            }
            if (info.namespace() != null) {
                if (isRecordKey(info, c) && !multiplied(c.alias())) {
                    return atoms.rows(Expr.and(List.of(filter, Arms.notNull(c))));
                }
                if (linking.isOfOnePerson(info)) {
                    return atoms.of(new Atom.Records(c, Expr.and(List.of(filter, Arms.notNull(c))), atoms.base()));
                }
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "distinct values of this identifier cannot be attributed to one person each",
                        "Use count(*) on the table whose key it is, or count(DISTINCT …) of the person's key.");
            }
        }
        rules.value(argument);
        rules.derivedDates(argument);
        // There are as many beginnings as dates.
        Expr values = Beginnings.of(argument).value();
        Arms.Arm asked = asked(values, filter);
        Expr value = sourceValues.apply(asked.value());
        Expr present = sourceValues.apply(rules.present(asked.value()));
        return atoms.of(new Atom.DistinctValues(value, Expr.and(List.of(asked.condition(), present)), atoms.base()));
    }

    /** Who has no value is not counted: {@code CASE WHEN … THEN x END} is {@code x} of those of whom the condition is true, and compared with others like it. */
    private Arms.Arm asked(Expr values, Expr filter) {
        if (values instanceof Expr.Case(List<Expr.When> whens, Expr otherwise, SqlType type)
                && whens.size() == 1
                && !whens.getFirst().value().isCallerValue()
                && otherwise instanceof Expr.Literal none
                && none.isNull()) {
            Expr condition = whens.getFirst().condition();
            rules.predicate(condition);
            rules.derivedDates(condition);
            Expr holds = sourceValues.apply(Arms.isTrue(condition));
            return asked(whens.getFirst().value(), Expr.and(List.of(filter, holds)));
        }
        return new Arms.Arm(filter, values);
    }

    private static boolean isRecordKey(ColumnInfo info, Expr.Column c) {
        return info.dataset() != null && info.dataset().recordKey().equals(List.of(c.name()));
    }

    /** Whether another relation of the block can repeat a row of this one. */
    private boolean multiplied(String alias) {
        for (UnitRows.Unit unit : rows.units()) {
            if (unit.alias().equals(alias)) {
                continue;
            }
            Rel.Scan other = scope.scan(unit.alias());
            boolean oneRowPerSubject = other != null
                    && other.dataset().subject() != null
                    && other.dataset()
                            .recordKey()
                            .equals(List.of(other.dataset().subject().column()));
            if (!oneRowPerSubject) {
                return true;
            }
        }
        return false;
    }
}
