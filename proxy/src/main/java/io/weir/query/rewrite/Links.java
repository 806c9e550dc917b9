package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.rewrite.Canonical.Leaf;
import io.weir.query.rewrite.Canonical.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What links the relations of a level: which columns lead to which. */
final class Links {
    private final Level level;
    /** By the aliases of the columns that they compare. */
    private final Map<String, List<Expr>> byAlias = new HashMap<>();

    Links(Level level) {
        this.level = level;
        for (Expr link : level.links()) {
            compared(link)
                    .forEach(alias -> byAlias.computeIfAbsent(alias, a -> new ArrayList<>())
                            .add(link));
        }
    }

    /** The aliases of the relations whose columns a link compares. */
    static Set<String> compared(Expr link) {
        Set<String> aliases = new HashSet<>();
        for (Expr side : link.operands()) {
            if (Levels.column(side) instanceof Expr.Column c) {
                aliases.add(c.alias());
            }
        }
        return aliases;
    }

    /** What links one relation: its own join conditions first. */
    List<Expr> of(Leaf leaf) {
        List<Expr> all = new ArrayList<>();
        for (Expr on : leaf.on()) {
            if (Levels.isLink(on) && compared(on).contains(leaf.alias())) {
                all.add(on);
            }
        }
        all.addAll(byAlias.getOrDefault(leaf.alias(), List.of()));
        return all;
    }

    /** The columns of others that a relation's links compare its own with. */
    List<Expr.Column> leadsTo(Leaf leaf) {
        List<Expr.Column> leads = new ArrayList<>();
        for (Expr link : of(leaf)) {
            for (Expr side : link.operands()) {
                if (Levels.column(side) instanceof Expr.Column c && !c.alias().equals(leaf.alias())) {
                    leads.add(c);
                }
            }
        }
        return leads;
    }

    /**
     * Whether a relation is joined by its key and nothing else: then it only adds columns. A second link, or one of texts with numbers, can lose rows. That it leads to others by
     * their keys is theirs.
     */
    boolean isReached(Leaf leaf) {
        int byKey = 0;
        for (Expr link : of(leaf)) {
            if (!link.operands().stream().allMatch(Expr.Column.class::isInstance)) {
                return false;
            }
            if (comparesKey(link, leaf)) {
                byKey++;
            } else if (level.leaves().stream()
                    .noneMatch(other ->
                            other.neutral() && !other.alias().equals(leaf.alias()) && comparesKey(link, other))) {
                return false;
            }
        }
        return byKey == Levels.key(leaf.rel()).size();
    }

    private static boolean comparesKey(Expr link, Leaf leaf) {
        return link.operands().stream()
                .anyMatch(side -> side instanceof Expr.Column c
                        && c.alias().equals(leaf.alias())
                        && Levels.key(leaf.rel()).stream()
                                .map(Separators::clean)
                                .anyMatch(CanonicalNames.plain(c.name())::equals));
    }
}
