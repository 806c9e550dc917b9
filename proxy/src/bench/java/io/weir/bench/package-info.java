/**
 * Load programs, each a plain {@code main}, compiled by the Maven profile {@code bench} alone (docs/operations/benchmarks.md). Comes in: a
 * directory to measure in. Goes out: Markdown tables on standard output. Each starts its own
 * threads; whatever fails ends the program, since a figure with errors in it says nothing.
 */
@NullMarked
package io.weir.bench;

import org.jspecify.annotations.NullMarked;
