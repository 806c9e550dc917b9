package io.weir.disclosure.evidence;

/** The figure holds values of single subjects: residuals, a scatter plot, a list of values. */
public record UnitLevel() implements StatisticEvidence {}
