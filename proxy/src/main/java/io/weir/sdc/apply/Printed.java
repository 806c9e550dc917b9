package io.weir.sdc.apply;

import io.weir.disclosure.protection.Rounding;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.read.StatedTable;
import java.math.BigDecimal;

/** What the number of a cell is printed as, if it is shown. */
final class Printed {
    private Printed() {}

    /** @param value of the cell */
    static BigDecimal of(StatedTable table, Rules rules, int row, int measure, BigDecimal value) {
        Measure shape = table.evidence().measures().get(measure);
        if (shape.kind() == MeasureKind.UNITS && rules.counts() instanceof CountMethod.CellByCell method) {
            long count = value.longValueExact();
            return BigDecimal.valueOf(method.change().publish(count, Keys.of(table, row, count)));
        }
        Rounding rounding = new Rounding(rules.appetite());
        return rounding.publish(
                shape, value, rounding.step(shape, table.evidence().evidence(row, measure)));
    }
}
