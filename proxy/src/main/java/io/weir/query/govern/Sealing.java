package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import java.util.Set;

/**
 * Rules on a relation as a whole: every condition, and that all its rows belong to one unit. Refuses by {@link Rules} and {@link Linking}.
 */
final class Sealing {
    private final Rules rules;
    private final Linking linking;
    private final SourceValues source;

    Sealing(Rules rules, Linking linking, SourceValues source) {
        this.rules = rules;
        this.linking = linking;
        this.source = source;
    }

    /** @param known aliases that are known to belong to the unit already */
    void seal(UnitRows rows, Set<String> known) {
        if (rows.personal()) {
            linking.check(rows, known);
        }
        conditions(rows.rel());
    }

    /** Every condition of a level; what was derived below it was ruled on when it was made. */
    void conditions(Rel rel) {
        source.markExactLinks(rel);
        for (Expr condition : Linking.conditions(rel)) {
            rules.predicate(condition);
            rules.derivedDates(condition);
        }
    }
}
