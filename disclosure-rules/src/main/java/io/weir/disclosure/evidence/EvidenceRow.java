package io.weir.disclosure.evidence;

import io.weir.disclosure.table.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cell of the block: its address, its size, and the evidence of each measure. The text form prints no number.
 *
 * @param address unique in the table
 * @param units distinct subjects in the cell; null when unknown
 * @param populationUnits distinct subjects of the block's population without analyst predicates, from which the complement of the cell
 *     follows; null when unknown
 * @param unitsOutside at least so many subjects have rows of the population outside the cell, whether or not they have some inside, too; null
 *     when that is unknown: then it is those who have none inside
 * @param everybody whether the cell is the whole population by structure, on any data: then that nobody is missing says nothing
 * @param evidence one per measure, in the table's order
 */
public record EvidenceRow(
        Address address,
        @Nullable Long units,
        @Nullable Long populationUnits,
        @Nullable Long unitsOutside,
        boolean everybody,
        List<Evidence> evidence) {
    public EvidenceRow {
        evidence = List.copyOf(evidence);
        if ((units != null && units < 0) || (populationUnits != null && populationUnits < 0)) {
            throw new IllegalArgumentException("Units cannot be negative");
        }
    }

    /** A row that may have a complement. */
    public EvidenceRow(Address address, @Nullable Long units, @Nullable Long populationUnits, List<Evidence> evidence) {
        this(address, units, populationUnits, null, false, evidence);
    }

    @Override
    public String toString() {
        return "EvidenceRow[***]";
    }
}
