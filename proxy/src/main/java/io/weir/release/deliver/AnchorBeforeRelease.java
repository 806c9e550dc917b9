package io.weir.release.deliver;

/** Makes everything recorded so far undeniable (a signed, anchored checkpoint of the audit log) before anything leaves. */
@FunctionalInterface
public interface AnchorBeforeRelease {
    /**
     * Returns when a checkpoint that covers all records appended before this call is signed and durable.
     *
     * @throws io.weir.audit.AuditUnavailableException when that is not certain: nothing may leave
     */
    void anchor();
}
