package io.weir.query.execute;

import io.weir.connector.source.ColumnForm;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.Transfer;
import io.weir.query.rewrite.OutputColumn;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import io.weir.query.type.ValueForm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which columns of a row-level answer may go on as the source's own bytes: plain columns that the receiver takes in a form that the source gives,
 * under the very type that was announced. Identifiers never do, nor does what would be changed on its way.
 */
final class PassedColumns {
    private final List<OutputColumn> outputs;
    private final List<ColumnType> types;
    private final List<ValueForm> forms;

    private PassedColumns(List<OutputColumn> outputs, List<ColumnType> types, List<ValueForm> forms) {
        this.outputs = outputs;
        this.types = types;
        this.forms = forms;
    }

    /**
     * What the receiver would take.
     *
     * @param forms one for each output, or none
     */
    static PassedColumns wanted(List<OutputColumn> outputs, List<ColumnType> types, List<ValueForm> forms) {
        if (types.size() != outputs.size() || !forms.isEmpty() && forms.size() != outputs.size()) {
            throw new IllegalArgumentException("a form and a type for each column");
        }
        return new PassedColumns(outputs, types, forms);
    }

    /** How the source should send, so that most can pass. */
    Transfer transfer() {
        boolean text = false;
        for (int i = 0; i < forms.size(); i++) {
            if (forms.get(i) != ValueForm.VALUE && isPlain(i)) {
                if (forms.get(i) == ValueForm.BINARY && !types.get(i).type().isText()) {
                    return Transfer.BINARY;
                }
                text = true;
            }
        }
        return text ? Transfer.TEXT : Transfer.ANY;
    }

    /** How each column of a stream is taken. */
    ColumnTaker[] had(RowStream stream) {
        ColumnTaker[] takers = new ColumnTaker[outputs.size()];
        Arrays.fill(takers, ColumnTaker.Whole.VALUE);
        for (int i = 0; i < forms.size(); i++) {
            if (forms.get(i) != ValueForm.VALUE && isPlain(i)) {
                Optional<ColumnForm> form = stream.form(i);
                if (form.isPresent()) {
                    takers[i] = taker(form.get(), types.get(i), forms.get(i));
                }
            }
        }
        return takers;
    }

    private boolean isPlain(int column) {
        OutputColumn output = outputs.get(column);
        return output.purpose() == OutputColumn.Purpose.VALUE && output.namespace() == null;
    }

    private static ColumnTaker taker(ColumnForm form, ColumnType announced, ValueForm wanted) {
        SqlType type = SqlType.byName(form.type()).orElse(null);
        boolean passes = switch (announced.type()) {
            // The values of these are not cut to their length, nor are their two forms different.
            case TEXT, VARCHAR -> type == SqlType.TEXT || type == SqlType.VARCHAR;
            case BOOL, INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID ->
                type == announced.type() && isSame(form, wanted);
            default -> false;
        };
        if (!passes) {
            return ColumnTaker.Whole.VALUE;
        }
        if (!announced.hasScale() || announced.scale() == form.scale()) {
            return ColumnTaker.Whole.BYTES;
        }
        return announced.scale() >= 0 ? new ScaledNumeric(announced.scale(), form.binary()) : ColumnTaker.Whole.VALUE;
    }

    private static boolean isSame(ColumnForm form, ValueForm wanted) {
        return form.binary() == (wanted == ValueForm.BINARY);
    }
}
