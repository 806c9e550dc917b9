package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.SetOp;

/** UNION, INTERSECT and EXCEPT of what may be read into the proxy; those of rows about people are those of {@link UnitSets}. */
final class SetOperationTranslator {
    private final Scope scope;
    private final ReferenceReads reads;
    private final Moments moments;
    private final UnitSets unitSets;
    private final Function<RelNode, Translated> relations;

    /** @param relations translates a branch */
    SetOperationTranslator(
            Scope scope,
            ReferenceReads reads,
            Moments moments,
            UnitSets unitSets,
            Function<RelNode, Translated> relations) {
        this.unitSets = unitSets;
        this.scope = scope;
        this.moments = moments;
        this.reads = reads;
        this.relations = relations;
    }

    Translated translate(SetOp setOp) {
        List<Translated> inputs = setOp.getInputs().stream().map(relations).toList();
        if (inputs.stream().anyMatch(i -> i instanceof UnitRows rows && rows.personal())) {
            return unitSets.translate(setOp, inputs);
        }
        List<Residual.Project> branches = new ArrayList<>();
        List<SqlType> types = setOp.getRowType().getFieldList().stream()
                .map(f -> SqlTypes.of(f.getType()).type())
                .toList();
        for (Translated input : inputs) {
            Translated.Above branch = reads.residualOnly(input, "a set operation");
            String alias = scope.newAlias("p");
            scope.declareProtected(alias);
            List<Rel.Named> outputs = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                outputs.add(new Rel.Named("c" + i, moments.cast(branch.columns().get(i), types.get(i))));
            }
            branches.add(new Residual.Project(alias, branch.residual(), outputs, false));
        }
        String alias = scope.newAlias("o");
        scope.declareProtected(alias);
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(new Expr.Column(alias, "c" + i, types.get(i)));
        }
        Residual.SetOperation.Kind kind = switch (setOp.kind) {
            case UNION -> Residual.SetOperation.Kind.UNION;
            case INTERSECT -> Residual.SetOperation.Kind.INTERSECT;
            case EXCEPT -> Residual.SetOperation.Kind.EXCEPT;
            default -> throw refuse(ProblemCode.UNSUPPORTED, "this set operation");
        };
        return new Translated.Above(new Residual.SetOperation(alias, kind, setOp.all, branches, types), columns);
    }
}
