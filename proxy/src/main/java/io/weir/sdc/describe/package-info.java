/**
 * What a person says about a CSV file: its dimensions, measures and evidence, and the rules it is to be protected by. In: YAML. Out: immutable records, or
 * problems with file, line and remedy. Nothing is assumed: what is not said is unknown, and unknown keys are problems. One thread.
 */
@NullMarked
package io.weir.sdc.describe;

import org.jspecify.annotations.NullMarked;
