package io.weir.query.parse;

import io.weir.query.type.SqlType;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * Whether a statement means something else in another time zone: it reads a text without an offset as {@code timestamptz}, or takes one apart
 * (extraction, truncation, cast, text, arithmetic with intervals), or makes one from a date or timestamp. Errs on the side of yes.
 *
 * <p>The present moment alone does not count: it is the midnight with which the snapshot's day begins, wherever the asker is.
 */
public final class ZoneUse {
    private static final Pattern WITH_OFFSET = Pattern.compile(".*\\d\\s*(Z|[+-]\\d{1,2}(:?\\d{2})?)", Pattern.DOTALL);
    private static final Pattern ONLY_DATE = Pattern.compile("\\s*[\\d-]*\\s*");

    private static final Set<SqlKind> COMPARISONS = Set.of(
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.IS_DISTINCT_FROM,
            SqlKind.IS_NOT_DISTINCT_FROM,
            SqlKind.BETWEEN,
            SqlKind.IN,
            SqlKind.SEARCH);

    private static final Set<SqlKind> CHOICES = Set.of(
            SqlKind.IS_NULL,
            SqlKind.IS_NOT_NULL,
            SqlKind.CASE,
            SqlKind.COALESCE,
            SqlKind.NULLIF,
            SqlKind.GREATEST,
            SqlKind.LEAST,
            SqlKind.AND,
            SqlKind.OR,
            SqlKind.NOT);

    private boolean found;

    private ZoneUse() {}

    /** @param tree as it was parsed */
    public static boolean in(RelNode tree) {
        ZoneUse use = new ZoneUse();
        use.walk(tree);
        return use.found;
    }

    private void walk(RelNode tree) {
        tree.accept(new Expressions());
        tree.getInputs().forEach(this::walk);
    }

    private static boolean isMoment(RexNode node) {
        return SqlTypes.of(node.getType()).type() == SqlType.TIMESTAMPTZ;
    }

    private static boolean isUnknown(RexNode node) {
        return node instanceof RexLiteral literal && literal.isNull();
    }

    /** Whether a moment other than the present one is below. */
    private static boolean holdsMoment(RexNode node) {
        if (node instanceof RexInputRef || node instanceof RexDynamicParam || node instanceof RexFieldAccess) {
            return isMoment(node);
        }
        if (node instanceof RexSubQuery) {
            return true;
        }
        return node instanceof RexCall call
                && (isTextAsMoment(call) || call.getOperands().stream().anyMatch(ZoneUse::holdsMoment));
    }

    private static boolean isTextAsMoment(RexCall call) {
        return call.getKind() == SqlKind.CAST
                && isMoment(call)
                && SqlTypes.of(call.getOperands().get(0).getType()).type().isText();
    }

    private static boolean dependsOnZone(RexCall call) {
        boolean moments = call.getOperands().stream().anyMatch(ZoneUse::isMoment);
        if (call.getKind() == SqlKind.CAST) {
            RexNode from = call.getOperands().get(0);
            if (isMoment(from) == isMoment(call) || isUnknown(from) || from instanceof RexDynamicParam) {
                return isMoment(from) && !isMoment(call);
            }
            return !(isTextAsMoment(call)
                            && from instanceof RexLiteral literal
                            && hasOffset(String.valueOf(Literals.value(literal))))
                    && (!isMoment(from) || holdsMoment(from));
        }
        if (COMPARISONS.contains(call.getKind())) {
            return moments && !call.getOperands().stream().allMatch(o -> isMoment(o) || isUnknown(o));
        }
        if (CHOICES.contains(call.getKind()) || call instanceof RexOver) {
            return false;
        }
        return call.getOperands().stream().anyMatch(o -> isMoment(o) && holdsMoment(o))
                || (isMoment(call) && !moments && !call.getOperands().isEmpty());
    }

    private static boolean hasOffset(String text) {
        return !ONLY_DATE.matcher(text).matches()
                && WITH_OFFSET.matcher(text.strip()).matches();
    }

    private final class Expressions extends RexShuttle {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            walk(query.rel);
            return super.visitSubQuery(query);
        }

        @Override
        public RexNode visitCall(RexCall call) {
            if (COMPARISONS.contains(call.getKind()) && !holdsMoment(call)) {
                return call;
            }
            found |= dependsOnZone(call);
            return super.visitCall(call);
        }
    }
}
