package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.disclosure.protection.OneTwoFive;
import io.weir.policy.Grid;
import io.weir.policy.Profile;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.jspecify.annotations.Nullable;

/** Aggregates within one subject: their results are attributes of the subject, whose rows still belong to it. */
final class SubjectAggregates {
    private final Scope scope;
    private final Rules rules;
    private final SourceValues source;
    private final Profile profile;
    private final Linking linking;

    SubjectAggregates(Scope scope, Rules rules, SourceValues source, Profile profile, Linking linking) {
        this.linking = linking;
        this.scope = scope;
        this.rules = rules;
        this.source = source;
        this.profile = profile;
    }

    /** Whether every group lies within one subject. */
    boolean determinesSubject(Aggregate aggregate, UnitRows rows) {
        return aggregate.getGroupSets().size() == 1
                && !personKeys(aggregate, rows).isEmpty();
    }

    private List<ColumnInfo> personKeys(Aggregate aggregate, UnitRows rows) {
        List<ColumnInfo> keys = new ArrayList<>();
        for (int index : aggregate.getGroupSet()) {
            if (rows.columns().get(index) instanceof Expr.Column c
                    && (scope.info(c).subject() || linking.isOfOnePerson(scope.info(c)))) {
                keys.add(scope.info(c));
            }
        }
        return keys;
    }

    /** Where the key is missing, one group would be many people's, and is here one of each. */
    private void requireKeyOfEveryRow(Aggregate aggregate, UnitRows rows) {
        if (personKeys(aggregate, rows).stream().allMatch(ColumnInfo::nullable)) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "GROUP BY the key of an outer-joined table, which is missing in the rows of many people",
                    "Group by the person's key of the table that keeps its rows: the left one of a LEFT JOIN; or use an inner join.");
        }
    }

    UnitRows translate(Aggregate aggregate, UnitRows rows) {
        requireKeyOfEveryRow(aggregate, rows);
        String alias = scope.newAlias("u");
        Map<String, ColumnInfo> infos = new HashMap<>();
        List<Rel.Named> keys = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (int index : aggregate.getGroupSet()) {
            Expr expr = rows.columns().get(index);
            if (!(expr instanceof Expr.Column c) || scope.info(c).namespace() == null) {
                rules.value(expr);
                rules.derivedDates(expr);
                rules.unshifted(expr);
            }
            String name = "k" + keys.size();
            Beginnings.Grouped grouped = Beginnings.of(expr);
            Expr key = source.values(grouped.value());
            keys.add(new Rel.Named(name, key));
            columns.add(grouped.shown().apply(new Expr.Column(alias, name, key.type())));
            infos.put(name, rules.describe(key));
        }
        UnitRows.Unit unit = rows.units().getFirst();
        keys.add(new Rel.Named(Rel.SUBJECT, unit.key()));
        infos.put(Rel.SUBJECT, ColumnInfo.subjectKey(unit.namespace()));
        List<Rel.NamedAggregate> aggregates = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            String function = call.getAggregation().getName().toLowerCase(Locale.ROOT);
            if (function.equals("bool_or") || function.equals("bool_and") || function.equals("every")) {
                columns.add(flag(function.equals("bool_or"), call, rows, alias, aggregates, infos));
                continue;
            }
            String name = "a" + aggregates.size() + "v";
            Rel.NamedAggregate named = aggregate(call, name, rows);
            aggregates.add(named);
            columns.add(new Expr.Column(alias, name, named.type()));
            infos.put(name, describe(named));
        }
        scope.declareComputed(alias, infos);
        Expr.Column key = new Expr.Column(alias, Rel.SUBJECT, unit.key().type());
        return new UnitRows(
                new Rel.PerSubject(alias, rows.rel(), keys, aggregates),
                columns,
                List.of(new UnitRows.Unit(alias, key, unit.namespace())),
                null);
    }

    /** Whether any row has the flag, or all: by counting the rows that have it and those that have not. */
    private Expr flag(
            boolean any,
            AggregateCall call,
            UnitRows rows,
            String alias,
            List<Rel.NamedAggregate> aggregates,
            Map<String, ColumnInfo> infos) {
        Expr flag = rows.columns().get(call.getArgList().getFirst());
        rules.predicate(flag);
        rules.derivedDates(flag);
        Expr filter = call.hasFilter() ? rows.columns().get(call.filterArg) : Expr.always();
        rules.predicate(filter);
        rules.derivedDates(filter);
        List<Expr> counted = new ArrayList<>();
        for (Op is : List.of(Op.IS_TRUE, Op.IS_FALSE)) {
            String name = "a" + aggregates.size() + "v";
            Rel.NamedAggregate rowsWith = new Rel.NamedAggregate(
                    name,
                    Rel.NamedAggregate.Function.COUNT,
                    Expr.literal(1, SqlType.INT4),
                    source.values(Expr.and(List.of(filter, Expr.predicate(is, flag)))),
                    false,
                    SqlType.INT8);
            aggregates.add(rowsWith);
            infos.put(name, describe(rowsWith));
            counted.add(Expr.predicate(
                    Op.GREATER, new Expr.Column(alias, name, SqlType.INT8), Expr.literal(0L, SqlType.INT8)));
        }
        Expr has = counted.get(0);
        Expr lacks = counted.get(1);
        return new Expr.Case(
                List.of(
                        new Expr.When(any ? has : lacks, Expr.literal(any, SqlType.BOOL)),
                        new Expr.When(any ? lacks : has, Expr.literal(!any, SqlType.BOOL))),
                Expr.literal(null, SqlType.BOOL),
                SqlType.BOOL);
    }

    private Rel.NamedAggregate aggregate(AggregateCall call, String name, UnitRows rows) {
        String function = call.getAggregation().getName().toLowerCase(Locale.ROOT);
        Rel.NamedAggregate.Function kind = switch (function) {
            case "count" -> Rel.NamedAggregate.Function.COUNT;
            case "sum", "$sum0" -> Rel.NamedAggregate.Function.SUM;
            case "avg" -> Rel.NamedAggregate.Function.AVERAGE;
            case "min" -> Rel.NamedAggregate.Function.MINIMUM;
            case "max" -> Rel.NamedAggregate.Function.MAXIMUM;
            default ->
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "%s per person is not available".formatted(function),
                        "count, sum, avg, min, max, bool_or and bool_and are.");
        };
        Expr argument = call.getArgList().isEmpty()
                ? Expr.literal(1, SqlType.INT4)
                : rows.columns().get(call.getArgList().getFirst());
        boolean identifierCount = kind == Rel.NamedAggregate.Function.COUNT
                && argument instanceof Expr.Column c
                && scope.info(c).namespace() != null;
        if (!identifierCount) {
            rules.value(argument);
            rules.derivedDates(argument);
            if (kind != Rel.NamedAggregate.Function.COUNT) {
                rules.unshifted(argument);
            }
        }
        Expr filter = call.hasFilter() ? rows.columns().get(call.filterArg) : Expr.always();
        rules.predicate(filter);
        rules.derivedDates(filter);
        return new Rel.NamedAggregate(
                name,
                kind,
                source.values(argument),
                source.values(filter),
                call.isDistinct(),
                SqlTypes.of(call.getType()).type());
    }

    private ColumnInfo describe(Rel.NamedAggregate aggregate) {
        return switch (aggregate.function()) {
            case COUNT -> ColumnInfo.count(rowsStep());
            case SUM, AVERAGE ->
                ColumnInfo.attribute(
                        new Grid.OneTwoFive(),
                        stepOf(aggregate.argument()),
                        scope.isCoarse(aggregate.argument()),
                        Magnitudes.calculated(rules.magnitude(aggregate.argument())));
            case MINIMUM, MAXIMUM -> {
                ColumnInfo info = ColumnInfo.attribute(
                        rules.grid(aggregate.argument()),
                        extremeStep(aggregate.argument()),
                        scope.isCoarse(aggregate.argument()),
                        rules.magnitude(aggregate.argument()));
                // A group has a row, and every row has a value.
                yield aggregate.filter().equals(Expr.always()) && rules.isCertainExtreme(aggregate.argument())
                        ? info.filled()
                        : info;
            }
        };
    }

    private BigDecimal rowsStep() {
        // A typical person has up to ten records; the step of their sum is the base times that.
        return OneTwoFive.atLeast(BigDecimal.valueOf(profile.roundingBase()).multiply(BigDecimal.TEN));
    }

    private @Nullable BigDecimal extremeStep(Expr argument) {
        // A calendar year is some two thousand, and there is one of a person.
        return argument instanceof Expr.Call call && call.op() == Op.YEAR_OF
                ? OneTwoFive.atLeast(BigDecimal.valueOf(profile.roundingBase() * 2_000L))
                : stepOf(argument);
    }

    private @Nullable BigDecimal stepOf(Expr argument) {
        BigDecimal step = argument instanceof Expr.Column c ? scope.info(c).roundingStep() : null;
        return step == null ? null : OneTwoFive.atLeast(step.multiply(BigDecimal.TEN));
    }
}
