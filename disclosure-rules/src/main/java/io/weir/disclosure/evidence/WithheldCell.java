package io.weir.disclosure.evidence;

import io.weir.disclosure.verdict.Rule;

/**
 * A cell that is hidden for a reason outside the table: beside what is known from elsewhere it would tell about few people. It is protected like
 * one that a check hides, though it may have many.
 *
 * @param row row index
 * @param measure measure index
 * @param because {@link Rule#HISTORY} or {@link Rule#DIFFERENCE}
 */
public record WithheldCell(int row, int measure, Rule because) {}
