package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * IN over a sub-query is evaluated as EXISTS, which is false where IN is unknown: refuses whatever would turn that round or look at it. Over a list of constants it is not.
 */
final class UnknownMembership {
    private UnknownMembership() {}

    static void check(RexCall call) {
        boolean looks = switch (call.getKind()) {
            case NOT, IS_FALSE, IS_NOT_FALSE, IS_NULL, IS_NOT_NULL, IS_UNKNOWN -> true;
            default -> false;
        };
        if (looks && call.getOperands().stream().anyMatch(UnknownMembership::mayBeUnknown)) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "NOT IN over a sub-query whose values can be missing",
                    "Use NOT EXISTS (SELECT … WHERE inner = outer), which says what is meant when a value is missing.");
        }
    }

    private static boolean mayBeUnknown(RexNode node) {
        return switch (node) {
            case RexSubQuery in
            when in.getKind() == SqlKind.IN && !isListOfConstants(in.rel) ->
                in.getOperands().stream().anyMatch(o -> o.getType().isNullable())
                        || in.rel.getRowType().getFieldList().stream()
                                .anyMatch(f -> f.getType().isNullable());
            case RexSubQuery other -> false;
            case RexCall call -> call.getOperands().stream().anyMatch(UnknownMembership::mayBeUnknown);
            default -> false;
        };
    }

    /** It is written as comparisons, which are unknown where IN is. */
    private static boolean isListOfConstants(RelNode rel) {
        return switch (rel) {
            case Values values -> true;
            case Project project
            when !RexOver.containsOver(project.getProjects(), null) -> isListOfConstants(project.getInput());
            default -> false;
        };
    }
}
