package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.disclosure.protection.OneTwoFive;
import io.weir.policy.Dataset;
import io.weir.policy.Grid;
import io.weir.policy.Profile;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
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

    SubjectAggregates(Scope scope, Rules rules, SourceValues source, Profile profile) {
        this.scope = scope;
        this.rules = rules;
        this.source = source;
        this.profile = profile;
    }

    /** Whether every group lies within one subject. */
    boolean determinesSubject(Aggregate aggregate, UnitRows rows) {
        return aggregate.getGroupSets().size() == 1
                && aggregate.getGroupSet().asList().stream()
                        .map(rows.columns()::get)
                        .anyMatch(e ->
                                e instanceof Expr.Column c && (scope.info(c).subject() || isRecordKeyOfPerson(c)));
    }

    /** A record's own key determines its person. */
    private boolean isRecordKeyOfPerson(Expr.Column c) {
        ColumnInfo info = scope.info(c);
        Dataset dataset = info.dataset();
        return dataset != null
                && dataset.kind() == Dataset.Kind.PERSONAL
                && dataset.recordKey().equals(List.of(c.name()));
    }

    UnitRows translate(Aggregate aggregate, UnitRows rows) {
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
                        "count, sum, avg, min and max are.");
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
            case COUNT ->
                ColumnInfo.attribute(new Grid.Step(BigDecimal.ONE), rowsStep(), false, Magnitudes.Magnitude.COUNT);
            case SUM, AVERAGE ->
                ColumnInfo.attribute(
                        new Grid.OneTwoFive(),
                        stepOf(aggregate.argument()),
                        scope.isCoarse(aggregate.argument()),
                        rules.magnitude(aggregate.argument()));
            case MINIMUM, MAXIMUM ->
                ColumnInfo.attribute(
                        rules.grid(aggregate.argument()),
                        stepOf(aggregate.argument()),
                        scope.isCoarse(aggregate.argument()),
                        rules.magnitude(aggregate.argument()));
        };
    }

    private BigDecimal rowsStep() {
        // A typical person has up to ten records; the step of their sum is the base times that.
        return OneTwoFive.atLeast(BigDecimal.valueOf(profile.roundingBase()).multiply(BigDecimal.TEN));
    }

    private @Nullable BigDecimal stepOf(Expr argument) {
        BigDecimal step = argument instanceof Expr.Column c ? scope.info(c).roundingStep() : null;
        return step == null ? null : OneTwoFive.atLeast(step.multiply(BigDecimal.TEN));
    }
}
