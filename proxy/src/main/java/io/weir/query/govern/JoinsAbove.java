package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Join;

/** Joins of protected aggregates, reference data and constants, made in the proxy. Refuses kinds of joins that SQL's FROM does not have. */
final class JoinsAbove {
    private final Scope scope;
    private final ReferenceReads reads;
    private final RexTranslator rex;

    JoinsAbove(Scope scope, ReferenceReads reads, RexTranslator rex) {
        this.scope = scope;
        this.reads = reads;
        this.rex = rex;
    }

    Translated translate(Join join, Translated left, Translated right) {
        Translated.Above l = reads.above(left);
        Translated.Above r = reads.above(right);
        List<Expr> fields = new ArrayList<>(l.columns());
        fields.addAll(r.columns());
        Residual.Join.Kind kind = switch (join.getJoinType()) {
            case INNER -> Residual.Join.Kind.INNER;
            case LEFT -> Residual.Join.Kind.LEFT;
            case RIGHT -> Residual.Join.Kind.RIGHT;
            case FULL -> Residual.Join.Kind.FULL;
            default -> throw refuse(ProblemCode.UNSUPPORTED, join.getJoinType() + " join");
        };
        Residual lr = l.residual();
        Residual rr = r.residual();
        if (kind != Residual.Join.Kind.INNER) {
            // Computed columns of an optional side must be NULL in unmatched rows: compute them before the join.
            Translated.Above lm = materialise(l);
            Translated.Above rm = materialise(r);
            lr = lm.residual();
            rr = rm.residual();
            fields = new ArrayList<>(lm.columns());
            fields.addAll(rm.columns());
        }
        Expr condition = rex.translate(join.getCondition(), fields);
        return new Translated.Above(new Residual.Join(kind, lr, rr, condition), fields);
    }

    private Translated.Above materialise(Translated.Above above) {
        String alias = scope.newAlias("p");
        scope.declareProtected(alias);
        List<Rel.Named> outputs = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < above.columns().size(); i++) {
            outputs.add(new Rel.Named("c" + i, above.columns().get(i)));
            columns.add(new Expr.Column(alias, "c" + i, above.columns().get(i).type()));
        }
        return new Translated.Above(new Residual.Project(alias, above.residual(), outputs, false), columns);
    }
}
