package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.verdict.Verdict;

/** One rule of statistical disclosure control. Pure, and never a pass without the evidence it needs. */
@FunctionalInterface
public interface Check {
    Verdict judge(Cell cell, RiskAppetite appetite);
}
