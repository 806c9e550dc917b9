package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.SqlType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Aliases of one statement under translation and what is known of their columns. Not thread-safe; one per ruling. */
final class Scope {
    private final Map<String, Map<String, ColumnInfo>> columns = new HashMap<>();
    private final Map<String, Rel.Scan> scans = new HashMap<>();
    private final Set<String> protectedAliases = new LinkedHashSet<>();
    private final Map<String, Set<String>> through = new HashMap<>();
    private final Set<Expr> exactLinks = new HashSet<>();
    private final Set<String> optional = new HashSet<>();
    private int next;

    String newAlias(String prefix) {
        return prefix + ++next;
    }

    void declareScan(Rel.Scan scan, Map<String, ColumnInfo> infos) {
        scans.put(scan.alias(), scan);
        columns.put(scan.alias(), new HashMap<>(infos));
    }

    void declareComputed(String alias, Map<String, ColumnInfo> infos) {
        columns.put(alias, new HashMap<>(infos));
    }

    void declareProtected(String alias) {
        protectedAliases.add(alias);
    }

    void outerJoin(Set<String> aliases) {
        optional.addAll(aliases);
        for (String alias : aliases) {
            Map<String, ColumnInfo> infos = columns.get(alias);
            if (infos != null) {
                infos.replaceAll((name, info) -> info.outerJoined());
            }
        }
    }

    /**
     * Reference data is reached with the exact value of a column that analysts see coarsened: only some of its columns may be used.
     *
     * @param link the equality, to be evaluated on exact values
     */
    void reachedExactly(Expr link, String alias, Set<String> allowed) {
        exactLinks.add(link);
        through.merge(alias, allowed, (a, b) -> {
            Set<String> both = new HashSet<>(a);
            both.retainAll(b);
            return both;
        });
    }

    boolean isExactLink(Expr condition) {
        return exactLinks.contains(condition);
    }

    /** Whether using the column would undo the coarsening of the column that led to it. */
    boolean undoesCoarsening(Expr.Column column) {
        Set<String> allowed = through.get(column.alias());
        return allowed != null && !allowed.contains(column.name());
    }

    /** Whether rows may lack a partner in this relation. */
    boolean isOptional(String alias) {
        return optional.contains(alias);
    }

    /** Whether rows of this alias belong to a unit. */
    boolean hasSubject(String alias) {
        return columns.getOrDefault(alias, Map.of()).containsKey(Rel.SUBJECT);
    }

    /** All relations of the source that were met so far. */
    List<Rel.Scan> scans() {
        return List.copyOf(scans.values());
    }

    Rel.@Nullable Scan scan(String alias) {
        return scans.get(alias);
    }

    /** Whether the policy declares that one column leads to the other, alone or with others. */
    boolean isLink(Expr.Column own, Expr.Column theirs) {
        Rel.Scan from = scans.get(own.alias());
        Rel.Scan to = scans.get(theirs.alias());
        return from != null
                && to != null
                && from.dataset().links().stream().anyMatch(link -> {
                    int at = link.columns().indexOf(own.name());
                    return at >= 0
                            && link.target().equals(to.dataset().name())
                            && link.targetColumns().get(at).equals(theirs.name());
                });
    }

    boolean isProtected(Expr expr) {
        boolean[] found = {false};
        expr.walk(e -> {
            if (e instanceof Expr.Column c && protectedAliases.contains(c.alias())) {
                found[0] = true;
            }
        });
        return found[0];
    }

    /** Whether all of its columns lie below the boundary, and something is known of them. */
    boolean knows(Expr expr) {
        return columnsOf(expr).stream().allMatch(c -> columns.containsKey(c.alias()));
    }

    /** Whether it reads something above the boundary: a protected column, or a scalar sub-query. */
    boolean readsAbove(Expr expr) {
        boolean[] scalar = {false};
        expr.walk(e -> scalar[0] |= e instanceof Expr.Scalar);
        return scalar[0] || isProtected(expr);
    }

    ColumnInfo info(Expr.Column column) {
        String name = column.name().startsWith(Rel.RAW) ? column.name().substring(Rel.RAW.length()) : column.name();
        ColumnInfo info = columns.getOrDefault(column.alias(), Map.of()).get(name);
        if (info == null) {
            throw new IllegalStateException("a column nobody declared: " + column);
        }
        return info;
    }

    /** Whether coarsened values are in it; those that are taken exactly from the source are not. */
    boolean isCoarse(Expr expr) {
        return columnsOf(expr).stream().anyMatch(c -> !c.name().startsWith(Rel.RAW) && info(c).coarse());
    }

    /** Whether only reference data and constants occur. */
    boolean isReference(Expr expr) {
        boolean[] reference = {true};
        expr.walk(e -> reference[0] &= switch (e) {
            case Expr.Column c -> info(c).reference();
            case Expr.Exists exists -> exists.rel().scans().stream().noneMatch(Rel.Scan::personal);
            default -> true;
        });
        return reference[0];
    }

    /** For refusals: a column of it in words. */
    String nameOf(Expr expr) {
        List<Expr.Column> columns = columnsOf(expr);
        return columns.isEmpty() ? "the expression" : name(columns.getFirst());
    }

    String name(Expr.Column c) {
        ColumnInfo info = info(c);
        if (info.dataset() == null) {
            return "the column";
        }
        // A derived table's column has a name that only we know.
        String own = info.base() == null ? c.name() : info.base().name();
        return info.dataset().name().name() + "." + own;
    }

    static List<Expr.Column> columnsOf(Expr expr) {
        LinkedHashSet<Expr.Column> found = new LinkedHashSet<>();
        expr.walk(e -> {
            if (e instanceof Expr.Column c) {
                found.add(c);
            }
        });
        return List.copyOf(found);
    }

    static Expr.Column subjectOf(String alias, SqlType type) {
        return new Expr.Column(alias, Rel.SUBJECT, type);
    }
}
