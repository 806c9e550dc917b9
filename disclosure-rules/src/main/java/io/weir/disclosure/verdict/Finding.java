package io.weir.disclosure.verdict;

import io.weir.disclosure.table.Address;

/**
 * What a check found, for checkers. It names the kind of evidence, never a raw value or a parameter of the appetite. Analysts see no
 * finding at all: to them every hidden cell looks the same.
 *
 * @param rule the rule that spoke
 * @param address the cell's row
 * @param measure the cell's measure
 * @param sentence one English sentence
 */
public record Finding(Rule rule, Address address, String measure, String sentence) {}
