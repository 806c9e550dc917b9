package io.weir.query.rewrite;

import io.weir.query.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * One column of a generated SELECT's outermost list, as declared by the permit's output plan; the egress guard checks the text against
 * it.
 *
 * @param label label in the text
 * @param purpose what it is for
 * @param type type the value is read as; null for evidence counts and amounts (numeric)
 * @param namespace for {@link Purpose#TO_PSEUDONYMISE}
 */
public record OutputColumn(
        String label,
        Purpose purpose,
        SqlType type,
        @Nullable String namespace) {
    /** What a column may be used for. */
    public enum Purpose {
        /** Part of a cell's address or value: leaves only through protection. */
        CELL,
        /** Evidence for the checks: never leaves. */
        EVIDENCE,
        /** A raw identifier by which a person's rows of two sources meet: compared where it is read, and dropped there. */
        LINK,
        /** A raw identifier that must be pseudonymised before anything else sees it. */
        TO_PSEUDONYMISE,
        /** A plain value of a row_level or reference answer. */
        VALUE
    }
}
