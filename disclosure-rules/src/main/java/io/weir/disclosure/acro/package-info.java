/**
 * Assessments in the format of ACRO, so that checkers open them in SACRO-Viewer. In: assessments with what the caller knows of each output. Out:
 * the texts of {@code results.json} and of the tables. Pure, any thread; writing files, and their checksums, is the caller's.
 *
 * <p>Source: AI-SDC/ACRO 1.0.1, acro/record.py.
 */
@NullMarked
package io.weir.disclosure.acro;

import org.jspecify.annotations.NullMarked;
