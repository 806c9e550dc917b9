package io.weir.disclosure.evidence;

/** What a statistic that is neither a count nor a sum is judged by. Without any such evidence it goes to review. */
public sealed interface StatisticEvidence extends Particular
        permits Model, Survival, Extreme, Modal, Concentration, ImplicitTable, UnitLevel {}
