package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import java.util.List;

/** Canonical texts of expressions over the columns of one relation of values. */
public final class CanonicalRows {
    private final CanonicalText texts;

    /** @param rows whose alias the columns have */
    public CanonicalRows(Rel.Values rows) {
        CanonicalNames names = new CanonicalNames();
        names.name(rows);
        texts = new CanonicalText(names);
    }

    public String text(Expr expr) {
        return texts.text(expr);
    }

    /** All that a condition asks, as the parts that the proxy reads again. */
    public List<String> parts(Expr condition) {
        return texts.armConditions(condition).stream()
                .flatMap(text -> ConjunctText.read(text).parts().stream())
                .toList();
    }
}
