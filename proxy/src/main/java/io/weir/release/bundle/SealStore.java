package io.weir.release.bundle;

import io.weir.audit.AuditEvent;
import io.weir.release.request.RequestId;
import io.weir.release.request.Step;
import java.util.Optional;

/** Where seal records lie; the same promises as {@link io.weir.release.request.RequestStore}. */
public interface SealStore {
    /**
     * In one change: the state becomes sealed, the record is kept (an equal one may exist already) and the delivery is due.
     *
     * @return false when the request has changed since
     */
    boolean seal(Step step, SealRecord record, AuditEvent event);

    /** The latest record. */
    Optional<SealRecord> findSeal(RequestId request);
}
