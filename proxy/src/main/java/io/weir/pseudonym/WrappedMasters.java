package io.weir.pseudonym;

import io.weir.identity.ProjectId;

/** Where wrapped project masters lie. Blocks; implementations keep exactly one master a project and epoch, whoever asks first. */
public interface WrappedMasters {
    /**
     * The stored master; when there is none, stores the candidate.
     *
     * @return what is stored now: the candidate, or what another put there before
     */
    byte[] findOrStore(ProjectId project, int epoch, byte[] candidate);
}
