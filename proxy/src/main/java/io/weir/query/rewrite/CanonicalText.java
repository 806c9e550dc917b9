package io.weir.query.rewrite;

import io.weir.policy.Domain;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Texts;
import io.weir.query.rewrite.Canonical.Leaf;
import io.weir.query.rewrite.Canonical.Level;
import io.weir.query.rewrite.ConjunctText.Kind;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes expressions and levels of joins as canonical text. Not thread-safe. */
final class CanonicalText {
    private final CanonicalNames names;
    private final Set<String> definitions = new TreeSet<>();
    private final Set<String> optional = new HashSet<>();
    private final MerePresence presence;

    CanonicalText(CanonicalNames names) {
        this.names = names;
        presence = new MerePresence(column -> optional.contains(column.alias()), names::relation);
    }

    /** How columns that were met are coarsened and stepped, and how their rows are limited: a change makes another question. */
    List<String> definitions() {
        return List.copyOf(definitions);
    }

    /** Names the relations of a level, and what is inside them. */
    Level enter(Rel rel) {
        Level level = Levels.of(rel);
        for (Leaf leaf : level.leaves()) {
            names.name(leaf.rel());
            if (leaf.optional()) {
                optional.add(leaf.alias());
            }
            switch (leaf.rel()) {
                case Rel.Derived d -> enter(d.input());
                case Rel.PerSubject p -> enter(p.input());
                case Rel.UnionAll u -> u.branches().forEach(b -> enter(b.input()));
                case Rel.Scan s -> {}
                case Rel.Values v -> {}
                case Rel.Filter f -> {}
                case Rel.Join j -> {}
            }
        }
        lead(level);
        return level;
    }

    /** Reference relations are known by what leads to them, those that lead to others before those. */
    private void lead(Level level) {
        Links links = new Links(level);
        List<Leaf> waiting = new ArrayList<>(level.leaves().stream()
                .filter(leaf -> leaf.neutral() && !(leaf.rel() instanceof Rel.Scan scan && scan.personal()))
                .toList());
        while (!waiting.isEmpty()) {
            Set<String> open = waiting.stream().map(Leaf::alias).collect(Collectors.toSet());
            Leaf next = waiting.stream()
                    .filter(leaf -> links.leadsTo(leaf).stream().noneMatch(c -> open.contains(c.alias())))
                    .findFirst()
                    .orElse(waiting.getFirst()); // they lead to each other
            waiting.remove(next);
            TreeSet<String> lead = new TreeSet<>();
            TreeSet<String> texts = new TreeSet<>();
            for (Expr.Column column : links.leadsTo(next)) {
                lead.addAll(names.base(column));
                texts.add(column(column));
            }
            names.leadsTo(next.alias(), lead, texts);
        }
    }

    /** All conditions, shapes and definitions of a level, also of the derived tables in it. */
    List<String> conjuncts(Level level) {
        Map<Set<String>, Set<String>> conditions = none();
        Set<String> others = new LinkedHashSet<>();
        collect(level, conditions, others);
        List<String> all = new ArrayList<>(others);
        conditions.forEach((columns, parts) ->
                all.add(ConjunctText.of(Kind.CONDITION, columns, ColumnCondition.simplified(parts))));
        return all;
    }

    private void collect(Level level, Map<Set<String>, Set<String>> conditions, Set<String> others) {
        for (Expr condition : level.conditions()) {
            add(condition, "", conditions);
        }
        Links links = new Links(level);
        Set<String> neutral = new HashSet<>();
        for (Leaf leaf : level.leaves()) {
            if (leaf.neutral()) {
                neutral.add(leaf.alias());
            }
        }
        List<String> between = new ArrayList<>();
        for (Expr link : level.links()) {
            if (Collections.disjoint(Links.compared(link), neutral)) {
                between.add(text(link));
            }
        }
        if (!between.isEmpty()) {
            others.add(ConjunctText.of(Kind.SHAPE, Set.of(), between));
        }
        for (Leaf leaf : level.leaves()) {
            collect(leaf, links, conditions, others);
        }
    }

    /** @param linking what links the relations of the level */
    private void collect(Leaf leaf, Links linking, Map<Set<String>, Set<String>> conditions, Set<String> others) {
        List<Expr> linked = linking.of(leaf);
        String name = names.name(leaf.rel());
        List<String> links = linked.stream().map(this::text).toList();
        if (leaf.neutral()) {
            TreeSet<String> lead = new TreeSet<>();
            linked.forEach(l -> lead.addAll(names.base(l)));
            String joined = "joined " + name + " on " + sorted(links);
            boolean reached = linking.isReached(leaf);
            if (reached && !leaf.optional()) { // who has no partner is left out
                present(
                        names.nameOf(leaf.alias()),
                        presence.isOfPartner(linking.leadsTo(leaf), leaf.rel()),
                        conditions);
            }
            others.add(
                    reached
                            ? ConjunctText.of(Kind.DEFINITION, lead, List.of(joined))
                            : ConjunctText.of(
                                    Kind.SHAPE, Set.of(), List.of((leaf.optional() ? "perhaps " : "") + joined)));
        } else if (leaf.optional()) {
            others.add(
                    ConjunctText.of(Kind.SHAPE, Set.of(), List.of("perhaps joined " + name + " on " + sorted(links))));
        }
        List<Expr> partly = leaf.on().stream().filter(on -> !Levels.isLink(on)).toList();
        partly.forEach(on -> add(on, "on ", conditions));
        if (!partly.isEmpty()) { // who does not fulfil it is there without a partner
            others.add(ConjunctText.of(
                    Kind.SHAPE, Set.of(), List.of(name + " perhaps if " + condition(Expr.and(partly)))));
        }
        // What is asked of partners leaves out nobody.
        Map<Set<String>, Set<String>> ofRows = leaf.optional() ? none() : conditions;
        switch (leaf.rel()) {
            case Rel.Scan s -> {
                if (s.dataset().optOut() != null && leaf.neutral() && !leaf.optional()) {
                    present(
                            name + " without "
                                    + Separators.clean(s.dataset().optOut().toString()),
                            presence.isOfPartner(linking.leadsTo(leaf), leaf.rel()),
                            conditions);
                } else if (s.dataset().optOut() != null) {
                    others.add(ConjunctText.of(
                            Kind.SHAPE,
                            Set.of(),
                            List.of(name + " without "
                                    + Separators.clean(s.dataset().optOut().toString()))));
                }
                if (!periods(s).isEmpty()) {
                    others.add(ConjunctText.of(Kind.SHAPE, Set.of(), List.of(name + periods(s))));
                }
            }
            case Rel.Derived d -> {
                if (d.distinct()) {
                    others.add(ConjunctText.of(
                            Kind.SHAPE,
                            Set.of(),
                            List.of(name + " distinct "
                                    + sorted(d.outputs().stream()
                                            .map(o -> text(o.expr()))
                                            .toList()))));
                }
                Level input = Levels.of(d.input());
                if (leaf.optional()
                        || d.distinct()
                        || d.outputs().stream().anyMatch(o -> o.expr() instanceof Expr.Window)) {
                    others.addAll(chosenOver(name, input));
                }
                collect(input, ofRows, others);
            }
            case Rel.PerSubject p -> {
                others.add(ConjunctText.of(
                        Kind.SHAPE,
                        Set.of(),
                        List.of(name + " by "
                                + sorted(p.keys().stream()
                                        .map(k -> text(k.expr()))
                                        .toList()))));
                Level input = Levels.of(p.input());
                others.addAll(chosenOver(name, input));
                collect(input, ofRows, others);
            }
            case Rel.UnionAll u -> {
                List<String> branches = new ArrayList<>();
                for (Rel.Derived branch : u.branches()) {
                    branches.add(conjuncts(Levels.of(branch.input())) + " "
                            + branch.outputs().stream().map(o -> text(o.expr())).toList());
                }
                others.add(ConjunctText.of(
                        Kind.SHAPE, Set.of(), List.of(Separators.clean(name + " " + sorted(branches)))));
            }
            case Rel.Values v ->
                others.add(ConjunctText.of(
                        Kind.SHAPE,
                        Set.of(),
                        List.of(name + " "
                                + v.rows().stream()
                                        .map(r -> r.stream().map(this::text).toList())
                                        .toList())));
            case Rel.Filter f -> throw new IllegalStateException("a filter is no leaf");
            case Rel.Join j -> throw new IllegalStateException("a join is no leaf");
        }
    }

    private static Map<Set<String>, Set<String>> none() {
        return new TreeMap<>(java.util.Comparator.comparing(Object::toString));
    }

    /**
     * What is no column, and asked to be there.
     *
     * @param merely whether it tells nothing of somebody that it is not there
     */
    private static void present(String what, boolean merely, Map<Set<String>, Set<String>> conditions) {
        conditions
                .computeIfAbsent(Set.of(), c -> new TreeSet<>())
                .add(
                        merely
                                ? Op.IS_NOT_NULL + List.of(what).toString()
                                : ConditionText.unless(
                                        Op.IS_NULL + List.of(what).toString()));
    }

    /** Outside which there are no records. */
    private static String periods(Rel.Scan scan) {
        return scan.dataset().columns().stream()
                .filter(c -> c.domain() instanceof Domain.Period || !c.parts().isEmpty())
                .map(c -> " "
                        + Separators.clean(
                                c.name() + " in " + c.domain() + (c.parts().isEmpty() ? "" : " whole")))
                .collect(java.util.stream.Collectors.joining());
    }

    /**
     * The whole of a level, unambiguous: which relation is optional on which conditions, what is inside which, under which scope. The other
     * texts are for comparing questions; this one keeps different questions apart.
     */
    String structure(Level level) {
        List<String> leaves = new ArrayList<>();
        for (Leaf leaf : level.leaves()) {
            String on = leaf.optional()
                    ? " optional on "
                            + sorted(leaf.on().stream().map(this::text).toList())
                    : "";
            leaves.add(names.name(leaf.rel()) + body(leaf.rel()) + on);
        }
        List<String> where = new ArrayList<>();
        level.links().forEach(l -> where.add(text(l)));
        level.conditions().forEach(c -> where.add(text(c)));
        return Separators.clean("{" + sorted(leaves) + " where " + sorted(where) + "}");
    }

    private String body(Rel rel) {
        return switch (rel) {
            case Rel.Scan s ->
                " scope " + s.grant().rowScope() + " without " + s.dataset().optOut() + periods(s)
                        + (s.rowView() ? " as rows" : "");
            case Rel.Derived d ->
                (d.distinct() ? " distinct " : " ")
                        + sorted(d.outputs().stream().map(o -> text(o.expr())).toList())
                        + structure(Levels.of(d.input()));
            case Rel.PerSubject p ->
                " by " + sorted(p.keys().stream().map(k -> text(k.expr())).toList()) + structure(Levels.of(p.input()));
            case Rel.UnionAll u ->
                u.branches().stream()
                        .map(b -> b.outputs().stream().map(o -> text(o.expr())).toList()
                                + structure(Levels.of(b.input())))
                        .sorted()
                        .toList()
                        .toString();
            case Rel.Values v ->
                v.rows().stream()
                        .map(r -> r.stream().map(this::text).toList())
                        .toList()
                        .toString();
            case Rel.Filter f -> throw new IllegalStateException("a filter is no leaf");
            case Rel.Join j -> throw new IllegalStateException("a join is no leaf");
        };
    }

    /**
     * What chose the rows that a window puts in order, that become one, or that others may have for partners: the first of the chosen is not the first, if it is chosen; whoever
     * has rows of two kinds is counted once among those of either; and who has no partner is not left out.
     */
    private List<String> chosenOver(String name, Level input) {
        Map<Set<String>, Set<String>> conditions = none();
        Set<String> others = new LinkedHashSet<>();
        collect(input, conditions, others);
        conditions.values().forEach(others::addAll);
        return others.isEmpty()
                ? List.of()
                : List.of(ConjunctText.of(
                        Kind.SHAPE,
                        Set.of(),
                        List.of(Separators.clean(name + " over " + sorted(List.copyOf(others))))));
    }

    private void add(Expr condition, String where, Map<Set<String>, Set<String>> conditions) {
        Expr there = askedToBeThere(condition);
        Set<Expr> telling = new LinkedHashSet<>();
        Set<Expr> merely = new LinkedHashSet<>();
        if (there != null && presence.lacksWithColumns(there)) {
            telling.addAll(presence.telling(there));
            merely.addAll(presence.needed(there));
            merely.removeAll(telling);
        }
        if (telling.isEmpty() && merely.isEmpty()) {
            put(condition, ConditionText.of(condition, c -> part(c, where)), conditions);
        }
        telling.forEach(column -> put(column, ConditionText.unless(where + text(isNull(column))), conditions));
        merely.forEach(each -> put(each, where + text(Expr.predicate(Op.IS_NOT_NULL, each)), conditions));
    }

    private void put(Expr about, String text, Map<Set<String>, Set<String>> conditions) {
        conditions.computeIfAbsent(names.base(about), c -> new TreeSet<>()).add(text);
    }

    private static Expr isNull(Expr expr) {
        return Expr.predicate(Op.IS_NULL, expr);
    }

    private String part(Expr condition, String where) {
        // That a row has a partner depends on what is asked of the partner, and a quotient on what it is divided by: it
        // is no mere presence of a value.
        Expr there = askedToBeThere(condition);
        return there != null && !presence.is(there)
                ? ConditionText.unless(where + text(isNull(there)))
                : where + ColumnCondition.text(condition, this::text);
    }

    private static @Nullable Expr askedToBeThere(Expr condition) {
        return MerePresence.askedToBeThere(condition).orElse(null);
    }

    /** The conditions of an aggregate's arm: that a condition is true is what WHERE asks too. */
    List<String> armConditions(Expr filter) {
        Map<Set<String>, Set<String>> conditions = none();
        for (Expr conjunct : Expr.conjunctsOf(filter)) {
            add(conjunct, "", conditions);
        }
        List<String> all = new ArrayList<>();
        conditions.forEach((columns, parts) ->
                all.add(ConjunctText.of(Kind.CONDITION, columns, ColumnCondition.simplified(parts))));
        return all;
    }

    /** A condition with its conjuncts sorted. */
    String condition(Expr condition) {
        return sorted(Expr.conjunctsOf(condition).stream().map(this::text).toList());
    }

    private static String sorted(List<String> texts) {
        return new TreeSet<>(texts).toString();
    }

    String text(Expr expr) {
        return switch (expr) {
            case Expr.Column c -> column(c);
            case Expr.Literal l -> l.type() + ":" + (l.value() == null ? "null" : quoted(Texts.print(l.value())));
            case Expr.Parameter p -> "$" + p.index();
            case Expr.Cast c ->
                c.typmod() >= 0 && !c.cuts() && c.argument().type() == c.type()
                        ? text(c.argument())
                        : "cast(" + text(c.argument()) + " as "
                                + (c.type().isText() && c.type() != SqlType.BPCHAR ? SqlType.TEXT : c.type())
                                + (c.cuts() ? " " + c.typmod() : "") + ")";
            case Expr.AtZone at -> ZoneText.of(at.zone()) + "(" + text(at.argument()) + ")";
            case Expr.Exists e -> "exists(" + exists(e) + ")";
            case Expr.Window w ->
                w.function()
                        + w.arguments().stream().map(this::text).toList().toString() + " by "
                        + w.partition().stream().map(this::text).sorted().toList() + " in order "
                        + w.order().stream()
                                .map(o -> text(o.expr()) + o.descending() + o.nullsFirst())
                                .toList();
            case Expr.Scalar s ->
                throw new IllegalStateException("a sub-query above the boundary has no identity below it");
            case Expr.Case c ->
                "case("
                        + c.whens().stream()
                                .map(w -> text(w.condition()) + "->" + text(w.value()))
                                .toList() + " else " + text(c.otherwise()) + ")";
            case Expr.Call call -> call(call);
        };
    }

    private String call(Expr.Call call) {
        List<String> arguments =
                Comparisons.written(call).stream().map(this::text).toList();
        return switch (call.op()) {
            case AND, OR ->
                call.op() + arguments.stream().sorted().distinct().toList().toString();
            case EQUAL, NOT_EQUAL, ADD, MULTIPLY, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM ->
                call.op() + arguments.stream().sorted().toList().toString();
            case GREATER -> Op.LESS + arguments.reversed().toString();
            case GREATER_OR_EQUAL -> Op.LESS_OR_EQUAL + arguments.reversed().toString();
            default -> call.op() + arguments.toString();
        };
    }

    private String column(Expr.Column c) {
        Expr computed = names.computed(c);
        if (computed != null) {
            return text(computed);
        }
        return switch (names.relation(c.alias())) {
            case Rel.PerSubject p -> {
                Rel.NamedAggregate a = CanonicalNames.aggregate(p, c.name());
                yield a.function() + (a.distinct() ? "(distinct " : "(") + text(a.argument()) + " if "
                        + condition(a.filter()) + ") in " + names.nameOf(c.alias());
            }
            case Rel.Scan s -> {
                String name = names.nameOf(c.alias()) + "." + Separators.clean(c.name());
                s.dataset()
                        .column(CanonicalNames.plain(c.name()))
                        .ifPresent(column -> definitions.add(Separators.clean(name + " as "
                                + column.type().type() + " " + (s.rowView() ? column.rowView() : column.aggregateView())
                                + " " + column.columnClass())));
                yield name;
            }
            // Which branch a row is from can be a condition, and so can be what the branch has there.
            case Rel.UnionAll u -> names.nameOf(c.alias()) + "." + Separators.clean(c.name()) + " if united";
            case null -> throw new IllegalStateException("a column of a relation that was not met");
            default -> names.nameOf(c.alias()) + "." + Separators.clean(c.name());
        };
    }

    /** A sub-query has names of its own, so that one beside it does not change them. */
    private String exists(Expr.Exists exists) {
        CanonicalText inner = new CanonicalText(names.inside());
        Level level = inner.enter(exists.rel());
        String structure = inner.structure(level);
        definitions.addAll(inner.definitions);
        return structure;
    }

    private static String quoted(String text) {
        return "'" + Separators.clean(text).replace("'", "''") + "'";
    }
}
