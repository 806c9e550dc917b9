package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Profile;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.KeyDomain;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Residual;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.SqlType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.util.ImmutableBitSet;

/** Aggregates over rows of many subjects: each becomes a block, and what stands above it reads protected columns. */
final class Boundaries {
    private final Scope scope;
    private final Rules rules;
    private final SourceValues source;
    private final Profile profile;
    private final LocalDate snapshot;
    private final Linking linking;
    private final List<Block> blocks = new ArrayList<>();

    Boundaries(Scope scope, Rules rules, SourceValues source, Profile profile, LocalDate snapshot, Linking linking) {
        this.linking = linking;
        this.scope = scope;
        this.rules = rules;
        this.source = source;
        this.profile = profile;
        this.snapshot = snapshot;
    }

    List<Block> blocks() {
        return List.copyOf(blocks);
    }

    Translated.Above translate(Aggregate aggregate, UnitRows rows) {
        String alias = scope.newAlias("b");
        scope.declareProtected(alias);
        List<Integer> groups = aggregate.getGroupSet().asList();
        List<Block.Key> keys = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        KeyDomains domains = new KeyDomains(scope, rows);
        for (int index : groups) {
            Expr expr = rows.columns().get(index);
            rules.value(expr);
            rules.derivedDates(expr);
            String name = Block.keyName(keys.size());
            Beginnings.Grouped grouped = Beginnings.of(expr);
            Expr key = grouped.value();
            keys.add(new Block.Key(source.values(key), domains.of(key)));
            columns.add(grouped.shown().apply(new Expr.Column(alias, name, key.type())));
        }
        List<Set<Integer>> sets = new ArrayList<>();
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            Set<Integer> positions = new HashSet<>();
            set.forEach(i -> positions.add(groups.indexOf(i)));
            if (!sets.contains(positions)) {
                sets.add(positions);
            }
        }
        Atoms atoms = new Atoms(alias, profile);
        AggregateTranslator aggregates = aggregates(atoms, rows);
        for (AggregateCall call : aggregate.getAggCallList()) {
            columns.add(call(call, rows, aggregates, alias, groups, sets));
        }
        return block(alias, rows, keys, sets, atoms, columns);
    }

    private AggregateTranslator aggregates(Atoms atoms, UnitRows rows) {
        return new AggregateTranslator(atoms, rows, rules, scope, snapshot, source::values, source::exactDays, linking);
    }

    private Translated.Above block(
            String alias,
            UnitRows rows,
            List<Block.Key> keys,
            List<Set<Integer>> sets,
            Atoms atoms,
            List<Expr> columns) {
        int asked = atoms.all().size();
        List<Block.Difference> differences = atoms.differences();
        blocks.add(new Block(
                alias,
                rows.rel(),
                rows.units().getFirst().key(),
                rows.units().getFirst().namespace(),
                keys,
                sets,
                atoms.all(),
                differences,
                asked,
                atoms.told()));
        return new Translated.Above(new Residual.ReadBlock(alias), columns);
    }

    /** Groups that a list of constants gives, each of which is in the answer whoever is in it. */
    Translated.Above listed(Aggregate aggregate, ListedGroups.Grouping grouping, Residual.Constants numbers) {
        String alias = scope.newAlias("b");
        scope.declareProtected(alias);
        UnitRows rows = grouping.rows();
        Atoms atoms = new Atoms(alias, profile);
        AggregateTranslator aggregates = aggregates(atoms, rows);
        List<AggregateCall> calls = aggregate.getAggCallList();
        Expr key = grouping.key();
        if (key == null) {
            Expr.Column number = new Expr.Column(numbers.alias(), "c0", SqlType.INT4);
            List<Expr> columns = shown(grouping, number);
            for (AggregateCall call : calls) {
                List<Expr> values = grouping.groups().stream()
                        .map(g -> call(call, rows, aggregates, g.condition()))
                        .toList();
                columns.add(byGroup(grouping, number, values));
            }
            Translated.Above read = block(alias, rows, List.of(), List.of(Set.of()), atoms, columns);
            return new Translated.Above(
                    new Residual.Join(Residual.Join.Kind.INNER, numbers, read.residual(), Expr.always()), columns);
        }
        rules.value(key);
        rules.derivedDates(key);
        List<Object> values = new ArrayList<>();
        for (ListedGroups.Group group : grouping.groups()) {
            if (group.value() instanceof Expr.Literal l && l.value() != null) {
                values.add(l.value());
            }
        }
        Expr.Column column = new Expr.Column(alias, Block.keyName(0), key.type());
        List<Expr> columns = shown(grouping, column);
        calls.forEach(call -> columns.add(call(call, rows, aggregates, Expr.always())));
        Block.Key listed = new Block.Key(source.values(key), new KeyDomain.Listed(values, false));
        return block(alias, rows, List.of(listed), List.of(Set.of(0)), atoms, columns);
    }

    private static List<Expr> shown(ListedGroups.Grouping grouping, Expr number) {
        List<Expr> columns = new ArrayList<>();
        int width = grouping.groups().isEmpty()
                ? 0
                : grouping.groups().getFirst().shown().size();
        for (int i = 0; i < width; i++) {
            int at = i;
            columns.add(byGroup(
                    grouping,
                    number,
                    grouping.groups().stream().map(g -> g.shown().get(at)).toList()));
        }
        return columns;
    }

    /** The value of a group, by its number. */
    private static Expr byGroup(ListedGroups.Grouping grouping, Expr number, List<Expr> values) {
        List<Expr.When> whens = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            whens.add(new Expr.When(
                    Expr.predicate(Op.EQUAL, number, grouping.groups().get(i).value()), values.get(i)));
        }
        SqlType type = values.getFirst().type();
        return new Expr.Case(whens, Expr.literal(null, type), type);
    }

    private Expr call(
            AggregateCall call,
            UnitRows rows,
            AggregateTranslator aggregates,
            String alias,
            List<Integer> groups,
            List<Set<Integer>> sets) {
        String function = call.getAggregation().getName().toLowerCase(Locale.ROOT);
        SqlType type = SqlTypes.of(call.getType()).type();
        if (function.equals("grouping") || function.equals("grouping_id")) {
            return grouping(call.getArgList(), alias, groups, sets, type);
        }
        return call(call, rows, aggregates, Expr.always());
    }

    /** @param where what else a row must satisfy to be in the aggregate */
    private static Expr call(AggregateCall call, UnitRows rows, AggregateTranslator aggregates, Expr where) {
        String function = call.getAggregation().getName().toLowerCase(Locale.ROOT);
        SqlType type = SqlTypes.of(call.getType()).type();
        Expr own = call.hasFilter() ? rows.columns().get(call.filterArg) : Expr.always();
        Expr filter = Expr.and(List.of(own, where));
        if (Percentiles.measures(function)) {
            RelFieldCollation order = call.getCollation().getFieldCollations().getFirst();
            return aggregates.translate(
                    new Percentiles.Order(
                            rows.columns().get(order.getFieldIndex()),
                            rows.columns().get(call.getArgList().getFirst()),
                            order.getDirection().isDescending()),
                    filter,
                    type);
        }
        if (call.getArgList().size() > 1
                && !(Spread.isOfTwo(function) && call.getArgList().size() == 2)) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "%s with several arguments is not available over people".formatted(function),
                    "Count each value in its own aggregate.");
        }
        Expr argument = call.getArgList().isEmpty()
                ? null
                : rows.columns().get(call.getArgList().getFirst());
        Expr second = call.getArgList().size() < 2
                ? null
                : rows.columns().get(call.getArgList().get(1));
        return aggregates.translate(function, argument, second, filter, call.isDistinct(), type);
    }

    private static Expr grouping(
            List<Integer> arguments, String alias, List<Integer> groups, List<Set<Integer>> sets, SqlType type) {
        Expr.Column g = new Expr.Column(alias, Block.GROUPING, SqlType.INT8);
        List<Expr.When> whens = new ArrayList<>();
        for (Set<Integer> set : sets) {
            long mask = Block.mask(groups.size(), set);
            long value = 0;
            for (int argument : arguments) {
                value = value << 1 | (set.contains(groups.indexOf(argument)) ? 0 : 1);
            }
            whens.add(new Expr.When(
                    Expr.predicate(Op.EQUAL, g, Expr.literal(mask, SqlType.INT8)),
                    Casts.cast(Expr.literal(value, SqlType.INT8), type)));
        }
        return new Expr.Case(whens, Expr.literal(null, type), type);
    }
}
