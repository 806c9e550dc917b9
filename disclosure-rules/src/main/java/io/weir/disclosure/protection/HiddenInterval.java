package io.weir.disclosure.protection;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What an attacker can work out about a hidden cell; in large tables what was shown to remain possible, and the attacker's interval is as wide or
 * wider. For checkers only.
 *
 * @param row row index
 * @param measure measure index
 * @param lower least possible value, or null when there is none
 * @param upper greatest possible value, or null when there is none
 */
public record HiddenInterval(
        int row,
        int measure,
        @Nullable BigDecimal lower,
        @Nullable BigDecimal upper) {}
