package io.weir.query.parse;

import io.weir.problem.ProblemCode;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/**
 * Implicit casts as PostgreSQL has them: a string literal takes the type that its place asks for; nothing else becomes something else
 * (PostgreSQL 16 manual, chapter 10). Calcite's own rules cast columns of text to numbers.
 */
final class PgCoercion extends TypeCoercionImpl {
    PgCoercion(RelDataTypeFactory factory, SqlValidator validator) {
        super(factory, validator);
    }

    @Override
    public boolean binaryComparisonCoercion(SqlCallBinding binding) {
        if (binding.getOperandCount() != 2) {
            return false;
        }
        boolean left = literal(binding, 0, binding.getOperandType(1));
        boolean right = literal(binding, 1, binding.getOperandType(0));
        return left || right;
    }

    private boolean literal(SqlCallBinding binding, int index, RelDataType wanted) {
        if (!(binding.operand(index) instanceof TextLiteral)
                || SqlTypeUtil.inCharFamily(wanted)
                || Arithmetic.isUnknown(wanted)
                || wanted.isStruct()) {
            return false;
        }
        return coerceOperandType(binding.getScope(), binding.getCall(), index, bare(wanted));
    }

    /** A literal takes the type of its place without the modifier: {@code cost > '0.005'} does not round. */
    private RelDataType bare(RelDataType wanted) {
        return SqlTypes.to(ColumnType.of(SqlTypes.of(wanted).type()), wanted.isNullable(), factory);
    }

    @Override
    public boolean binaryArithmeticCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean caseOrEquivalentCoercion(SqlCallBinding binding) {
        SqlCall call = binding.getCall();
        if (call instanceof SqlCase choice) {
            return branches(binding, choice);
        }
        RelDataType common = common(call.getOperandList(), binding);
        boolean changed = false;
        if (common != null) {
            for (int i = 0; i < call.operandCount(); i++) {
                changed |= literal(binding, i, common);
            }
        }
        return changed;
    }

    private boolean branches(SqlCallBinding binding, SqlCase choice) {
        List<SqlNode> results = new ArrayList<>(choice.getThenOperands().getList());
        SqlNode otherwise = choice.getElseOperand();
        if (otherwise != null) {
            results.add(otherwise);
        }
        RelDataType common = common(results, binding);
        if (common == null || SqlTypeUtil.inCharFamily(common)) {
            return false;
        }
        boolean changed = false;
        SqlNodeList then = choice.getThenOperands();
        for (int i = 0; i < then.size(); i++) {
            if (then.get(i) instanceof TextLiteral) {
                changed |= coerceColumnType(binding.getScope(), then, i, bare(common));
            }
        }
        if (otherwise instanceof TextLiteral) {
            changed |= coerceOperandType(binding.getScope(), choice, 3, bare(common));
        }
        return changed;
    }

    private @Nullable RelDataType common(List<SqlNode> nodes, SqlCallBinding binding) {
        List<RelDataType> types = new ArrayList<>();
        for (SqlNode node : nodes) {
            if (!(node instanceof TextLiteral)) {
                RelDataType type = binding.getValidator().deriveType(binding.getScope(), node);
                if (!Arithmetic.isUnknown(type)) {
                    types.add(type);
                }
            }
        }
        return types.isEmpty() ? null : factory.leastRestrictive(types);
    }

    @Override
    public boolean inOperationCoercion(SqlCallBinding binding) {
        RelDataType left = binding.getOperandType(0);
        RelDataType right = binding.getOperandType(1);
        List<RelDataType> lefts = left.isStruct()
                ? left.getFieldList().stream().map(f -> f.getType()).toList()
                : List.of(left);
        List<RelDataType> rights = right.isStruct()
                ? right.getFieldList().stream().map(f -> f.getType()).toList()
                : List.of(right);
        boolean fits = lefts.size() == rights.size();
        for (int i = 0; fits && i < lefts.size(); i++) {
            fits = PgOperators.comparable(lefts.get(i), rights.get(i));
        }
        if (!fits && binding.operand(0) instanceof TextLiteral && rights.size() == 1) {
            return coerceOperandType(binding.getScope(), binding.getCall(), 0, bare(rights.get(0)));
        }
        if (!fits) {
            throw new StatementException(
                    ProblemCode.TYPE_MISMATCH,
                    "the two sides of IN have types that cannot be compared",
                    binding.getCall().getParserPosition());
        }
        return false;
    }

    @Override
    public boolean quantifyOperationCoercion(SqlCallBinding binding) {
        return inOperationCoercion(binding);
    }

    @Override
    public boolean builtinFunctionCoercion(
            SqlCallBinding binding, List<RelDataType> types, List<SqlTypeFamily> families) {
        boolean changed = false;
        for (int i = 0; i < Math.min(binding.getOperandCount(), families.size()); i++) {
            if (binding.operand(i) instanceof TextLiteral) {
                SqlType wanted = switch (families.get(i)) {
                    case INTEGER -> SqlType.INT4;
                    case NUMERIC, EXACT_NUMERIC -> SqlType.NUMERIC;
                    case APPROXIMATE_NUMERIC -> SqlType.FLOAT8;
                    case BOOLEAN -> SqlType.BOOL;
                    case DATE -> SqlType.DATE;
                    case DATETIME, TIMESTAMP -> SqlType.TIMESTAMP;
                    case DATETIME_INTERVAL -> SqlType.INTERVAL;
                    default -> null;
                };
                if (wanted != null) {
                    changed |= coerceOperandType(
                            binding.getScope(),
                            binding.getCall(),
                            i,
                            SqlTypes.to(ColumnType.of(wanted), false, factory));
                }
            }
        }
        return changed;
    }

    @Override
    public boolean userDefinedFunctionCoercion(SqlValidatorScope scope, SqlCall call, SqlFunction function) {
        return false;
    }

    @Override
    public boolean rowTypeCoercion(@Nullable SqlValidatorScope scope, SqlNode query, int column, RelDataType target) {
        return false;
    }

    @Override
    public boolean querySourceCoercion(
            @Nullable SqlValidatorScope scope, RelDataType source, RelDataType target, SqlNode query) {
        return false;
    }
}
