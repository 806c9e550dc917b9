package io.weir.query.rewrite;

import io.weir.policy.Column;
import io.weir.policy.DatasetName;
import io.weir.policy.Domain;
import io.weir.policy.Missing;
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
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether it tells nothing of a person that an expression lacks a value: because it lacks one exactly where columns do of which the policy says so ({@link Missing}), or which always
 * have one. What may lack one for what the columns are (a quotient, a logarithm, a cast that can fail, a day beyond the calendar, the row before the first), for a condition
 * (what is added up of some rows, a partner of an outer join) or for what somebody has (a day of a stroke) singles people out by whether it has a value.
 */
public final class MerePresence {
    private final Predicate<Expr.Column> optional;
    private final Function<String, @Nullable Rel> relations;
    private final Set<Expr.Column> demanded = new HashSet<>();
    /** Of those the ones that conditions name: all rows of their relation have a value, those that a window looks at, too. */
    private final Set<Expr.Column> below = new HashSet<>();

    /**
     * In any rows.
     *
     * @param optional whether a column lacks its value where its row has no partner
     * @param relations by alias, null for an alias that is not known
     */
    MerePresence(Predicate<Expr.Column> optional, Function<String, @Nullable Rel> relations) {
        this.optional = optional;
        this.relations = relations;
    }

    /** In the rows of a relation, all of which have what its conditions demand. */
    public static MerePresence in(Rel rows) {
        Map<String, Rel> relations = new HashMap<>();
        Set<String> optional = new HashSet<>();
        List<Expr> conditions = new ArrayList<>();
        inside(rows, relations, optional, conditions);
        MerePresence presence = new MerePresence(column -> optional.contains(column.alias()), relations::get);
        Demanded demanded = new Demanded(presence::computed);
        Demanded directly = new Demanded(column -> null);
        conditions.forEach(condition -> {
            presence.demanded.addAll(demanded.by(condition));
            presence.below.addAll(directly.by(condition));
        });
        return presence;
    }

    /** What is inside, but for what only sub-queries in conditions see. */
    private static void inside(Rel rel, Map<String, Rel> relations, Set<String> optional, List<Expr> conditions) {
        switch (rel) {
            case Rel.Join join -> {
                if (join.kind() == Rel.Join.Kind.LEFT) {
                    optional.addAll(join.right().aliases());
                } else {
                    conditions.add(join.condition());
                }
            }
            case Rel.Filter filter -> conditions.add(filter.condition());
            case Rel.Scan s -> relations.put(s.alias(), s);
            case Rel.Derived d -> relations.put(d.alias(), d);
            case Rel.PerSubject p -> relations.put(p.alias(), p);
            case Rel.UnionAll u -> relations.put(u.alias(), u);
            case Rel.Values v -> relations.put(v.alias(), v);
        }
        rel.inputs().forEach(input -> inside(input, relations, optional, conditions));
    }

    private @Nullable Expr computed(Expr.Column column) {
        return CanonicalNames.computed(relations.apply(column.alias()), column);
    }

    /** Whether it tells nothing that a row has no partner in a relation: by what leads there, and by what the policy says of it. */
    boolean isOfPartner(List<Expr.Column> leads, Rel partner) {
        return partner instanceof Rel.Scan scan && leads.stream().allMatch(lead -> leadsTo(lead, scan));
    }

    private boolean leadsTo(Expr.Column lead, Rel.Scan target) {
        if (optional.test(lead)) {
            return false;
        }
        Expr inner = computed(lead);
        if (inner != null) {
            return inner instanceof Expr.Column column && leadsTo(column, target);
        }
        return relations.apply(lead.alias()) instanceof Rel.Scan scan
                && (lead.name().equals(Rel.SUBJECT)
                        ? isOwner(target, scan)
                        : scan.dataset()
                                .column(name(lead))
                                .map(column -> isMatched(column, scan, target))
                                .orElse(false));
    }

    /** Codes of a list that is said to have all of them, and the record that a record belongs to. */
    private static boolean isMatched(Column column, Rel.Scan from, Rel.Scan target) {
        return column.missing() == Missing.UNINFORMATIVE
                || !column.nullable()
                        && (isOwner(target, from)
                                || column.domain() instanceof Domain.Reference(DatasetName dataset, String key)
                                        && dataset.equals(target.dataset().name()));
    }

    /** Whether records belong to those of another relation. A register of the dead is of people, too, and tells who is in it. */
    private static boolean isOwner(Rel.Scan owner, Rel.Scan records) {
        return records.dataset()
                .subjectLink()
                .filter(link -> link.target().equals(owner.dataset().name()))
                .isPresent();
    }

    /** What a column of somebody's records is added up from: of all of them, of which there is one at least; null for any other column. */
    private @Nullable Expr ofAll(Expr.Column column) {
        if (!(relations.apply(column.alias()) instanceof Rel.PerSubject per)) {
            return null;
        }
        Rel.NamedAggregate aggregate = CanonicalNames.aggregate(per, column.name());
        return switch (aggregate.function()) {
            case COUNT -> Expr.always();
            case SUM, AVERAGE, MINIMUM, MAXIMUM ->
                aggregate.filter().equals(Expr.always()) ? aggregate.argument() : null;
        };
    }

    /** Of what a column has its value. */
    private @Nullable Expr source(Expr.Column column) {
        Expr inner = computed(column);
        return inner != null ? inner : ofAll(column);
    }

    private boolean isInformative(Expr.Column column) {
        return !(relations.apply(column.alias()) instanceof Rel.Scan scan)
                || !column.name().equals(Rel.SUBJECT)
                        && !isFilled(scan, column)
                        && scan.dataset()
                                .column(name(column))
                                .map(stored -> stored.missing() == Missing.INFORMATIVE)
                                .orElse(true);
    }

    /** Whether the policy says that a column of a relation always has a value: one that is looked up in reference data can be missing there. */
    static boolean isFilled(Rel.Scan scan, Expr.Column column) {
        return scan.dataset()
                .column(name(column))
                .filter(stored -> !stored.nullable())
                .map(stored -> column.name().startsWith(Rel.RAW) || keepsNull(scan, column))
                .orElse(false);
    }

    /** Whether what analysts see of a column lacks a value where the source does, and nowhere else. */
    private static boolean keepsNull(Rel.Scan scan, Expr.Column column) {
        return scan.dataset()
                .column(name(column))
                .map(stored -> (scan.rowView() ? stored.rowView() : stored.aggregateView()).keepsGaps())
                .orElse(false);
    }

    private static String name(Expr.Column column) {
        return column.name().startsWith(Rel.RAW) ? column.name().substring(Rel.RAW.length()) : column.name();
    }

    /** Whether it tells nothing that the expression lacks its value in these rows, or it lacks none. */
    public boolean is(Expr expr) {
        return lacksWithColumns(expr) && telling(expr).isEmpty();
    }

    /** What a condition asks to have a value, if it is nothing else; that this is true says no more. */
    public static Optional<Expr> askedToBeThere(Expr condition) {
        if (!(condition instanceof Expr.Call call)) {
            return Optional.empty();
        }
        return switch (call.op()) {
            case IS_TRUE -> askedToBeThere(call.arguments().getFirst());
            case IS_NOT_NULL -> Optional.of(call.arguments().getFirst());
            case NOT, IS_NOT_TRUE ->
                call.arguments().getFirst() instanceof Expr.Call missing && missing.op() == Op.IS_NULL
                        ? Optional.of(missing.arguments().getFirst())
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Names of columns of which a block's aggregates need a value, and whose gaps tell something that its conditions do not leave out. By the question alone. */
    public static SortedSet<String> gaps(Block block) {
        MerePresence presence = in(block.input());
        SortedSet<String> names = new TreeSet<>();
        for (Atom atom : block.atoms()) {
            for (Expr conjunct : Expr.conjunctsOf(atom.filter())) {
                askedToBeThere(conjunct).stream()
                        .flatMap(there -> presence.telling(there).stream())
                        .filter(column -> presence.relations.apply(column.alias()) instanceof Rel.Scan)
                        .forEach(column -> names.add(name(column)));
            }
        }
        return names;
    }

    private boolean isDemanded(Expr.Column column) {
        return isAmong(demanded, column);
    }

    private boolean isAmong(Set<Expr.Column> columns, Expr.Column column) {
        return columns.contains(column)
                || relations.apply(column.alias()) instanceof Rel.Scan scan
                        && (column.name().startsWith(Rel.RAW) || keepsNull(scan, column))
                        && columns.contains(new Expr.Column(column.alias(), otherForm(column), column.type()));
    }

    /** Whether a window has a value on each row: a number of rows, or something of rows that all have one. */
    private boolean isThere(Expr.Window window) {
        return switch (window.function()) {
            case ROW_NUMBER, RANK, DENSE_RANK, COUNT -> true;
            case SUM, AVG, MIN, MAX, FIRST_VALUE -> window.arguments().stream().allMatch(this::isThereBelow);
            case LAG, LEAD -> false;
        };
    }

    private boolean isThereBelow(Expr argument) {
        return switch (argument) {
            case Expr.Cast cast -> keeps(cast) && isThereBelow(cast.argument());
            case Expr.Column column -> {
                Expr inner = computed(column);
                yield !optional.test(column)
                        && (isAmong(below, column)
                                || inner != null && isThereBelow(inner)
                                || relations.apply(column.alias()) instanceof Rel.Scan scan && isFilled(scan, column));
            }
            default -> false;
        };
    }

    private static String otherForm(Expr.Column column) {
        return column.name().startsWith(Rel.RAW) ? name(column) : Rel.RAW + column.name();
    }

    /** The stored columns behind an expression that tell something by lacking a value, and are not there for what is asked. */
    List<Expr.Column> telling(Expr expr) {
        return switch (expr) {
            case Expr.Column column -> {
                if (isDemanded(column)) {
                    yield List.of();
                }
                Expr inner = computed(column);
                if (inner != null) {
                    yield telling(inner);
                }
                Expr each = ofAll(column);
                // That some record has the one and some the other does not say that one has both.
                boolean tells =
                        each == null ? isInformative(column) : !telling(each).isEmpty();
                yield tells ? List.of(column) : List.of();
            }
            case Expr.Cast cast -> telling(cast.argument());
            case Expr.Call call ->
                call.arguments().stream()
                        .flatMap(argument -> telling(argument).stream())
                        .distinct()
                        .toList();
            default -> List.of();
        };
    }

    /** Whether the expression lacks its value exactly where stored columns lack one of their own, of those that need not be there for what is asked. */
    boolean lacksWithColumns(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> literal.value() != null;
            case Expr.Column column -> {
                Expr inner = source(column);
                yield isDemanded(column)
                        || !optional.test(column)
                                && (inner == null
                                        ? relations.apply(column.alias()) instanceof Rel.Scan
                                        : lacksWithColumns(inner));
            }
            case Expr.Cast cast -> keeps(cast) && lacksWithColumns(cast.argument());
            case Expr.Window window -> isThere(window);
            case Expr.Call call -> isOf(call);
            default -> false;
        };
    }

    /**
     * What all has to be there for such an expression: columns, and what is calculated from days. Of numbers it is the same whatever is calculated from them.
     */
    List<Expr> needed(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> List.of();
            case Expr.Column column -> {
                Expr inner = computed(column);
                yield inner == null ? List.of(column) : needed(inner);
            }
            case Expr.Cast cast -> needed(cast.argument());
            case Expr.Call call
            when call.type().isNumber() && !isOfDays(call) ->
                call.arguments().stream()
                        .flatMap(argument -> needed(argument).stream())
                        .distinct()
                        .toList();
            default -> List.of(expr);
        };
    }

    private static boolean isOfDays(Expr.Call call) {
        return call.op().isPartOfDate() || call.op() == Op.DAYS_BETWEEN || call.op() == Op.AGE_IN_YEARS;
    }

    private boolean isOf(Expr.Call call) {
        List<Expr> a = call.arguments();
        if (call.op().isPartOfDate() || call.op().isTruncation()) {
            return a.stream().allMatch(this::isDay);
        }
        return switch (call.op()) {
            case ADD,
                    SUBTRACT,
                    MULTIPLY,
                    NEGATE,
                    ABSOLUTE,
                    FLOOR,
                    CEILING,
                    ROUND,
                    EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    NOT,
                    LEFT,
                    RIGHT,
                    UPPER,
                    LOWER,
                    LENGTH,
                    CONCAT -> a.stream().allMatch(this::lacksWithColumns);
            case DIVIDE, INTEGER_DIVIDE -> lacksWithColumns(a.get(0)) && isNotZero(a.get(1));
            case DAYS_BETWEEN, AGE_IN_YEARS, ADD_DAYS, ADD_INTERVAL ->
                a.stream().allMatch(this::isDay);
            default -> false;
        };
    }

    /** A day as it is stored, or where its month, say, begins: within the calendar. What is added to it may lead out of it. */
    private boolean isDay(Expr expr) {
        return switch (expr) {
            case Expr.Call call -> call.op().isTruncation() && lacksWithColumns(call);
            case Expr.Cast cast -> keeps(cast) && isDay(cast.argument());
            case Expr.Column column -> {
                Expr inner = computed(column);
                yield lacksWithColumns(column) && (inner == null || isDay(inner));
            }
            default -> lacksWithColumns(expr);
        };
    }

    private static boolean isNotZero(Expr expr) {
        return expr instanceof Expr.Literal literal
                && literal.value() instanceof Number number
                && number.doubleValue() != 0;
    }

    /** Whether there is a value for each. */
    private static boolean keeps(Expr.Cast cast) {
        SqlType from = cast.argument().type();
        SqlType to = cast.type();
        return !cast.cuts()
                && (to.isText() || from == to || from.isNumber() && to.isNumber() || isOfDays(from) && isOfDays(to));
    }

    private static boolean isOfDays(SqlType type) {
        return type == SqlType.DATE || type == SqlType.TIMESTAMP;
    }
}
