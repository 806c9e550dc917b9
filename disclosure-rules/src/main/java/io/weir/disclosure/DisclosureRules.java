package io.weir.disclosure;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.Protection;

/**
 * The door of the library.
 *
 * <p>Stateless and safe for use from any thread. Deterministic: the same table, with its rows in any order, gets the same pattern.
 */
public final class DisclosureRules {
    /** The rules have no state and no configuration of their own: everything is in the table and the appetite. */
    public DisclosureRules() {}

    /**
     * Judges and protects one linked table.
     *
     * @throws IllegalArgumentException never for missing evidence, which hides; only for a table that contradicts its own shape, and
     *     then from the constructors of its parts
     */
    public Assessment protect(EvidenceTable table, RiskAppetite appetite) {
        return new Protection(table, appetite).assess();
    }
}
