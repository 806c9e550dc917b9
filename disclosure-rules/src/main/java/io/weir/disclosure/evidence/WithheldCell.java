package io.weir.disclosure.evidence;

import io.weir.disclosure.verdict.Rule;

/**
 * A cell that is hidden for a reason outside the table: beside what is known from elsewhere it would tell about few people. It is protected like
 * one that a check hides, though it may have many.
 *
 * @param row row index
 * @param measure measure index
 * @param because {@link Rule#HISTORY} or {@link Rule#DIFFERENCE}; or {@link Rule#COMPLEMENTARY} where it is hidden with its row, and need only be as open as other cells that a check hides
 */
public record WithheldCell(int row, int measure, Rule because) {}
