package io.weir.audit.verify;

import java.util.List;

/** What a verification found. */
public sealed interface AuditReport {
    /**
     * What was read.
     *
     * @param origin the log's name
     * @param segments segment files
     * @param records whole lines
     * @param covered records that the newest trusted checkpoint vouches for
     * @param checkpoints trusted checkpoints
     * @param head leaf hash of the newest record, hex; 64 zeros for an empty log
     * @param root root hash of the tree over all records, hex
     */
    record Extent(String origin, int segments, long records, long covered, int checkpoints, String head, String root) {}

    Extent extent();

    /** Everything agrees. */
    record Valid(Extent extent) implements AuditReport {}

    /**
     * Something does not.
     *
     * @param findings at least one, in the order of discovery; at most {@link AuditVerifier#MAX_FINDINGS}
     */
    record Invalid(Extent extent, List<Finding> findings) implements AuditReport {
        public Invalid {
            findings = List.copyOf(findings);
        }
    }
}
