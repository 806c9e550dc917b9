package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.verdict.Finding;
import java.util.List;

/** A rule that compares cells of a table with each other. Pure, and never silent without the evidence it needs. */
@FunctionalInterface
public interface TableCheck {
    /** Findings of all cells, in any order; a cell that is not named passed. */
    List<Finding> judge(EvidenceTable table, RiskAppetite appetite);
}
