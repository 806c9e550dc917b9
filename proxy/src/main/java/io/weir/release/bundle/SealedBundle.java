package io.weir.release.bundle;

import io.weir.release.request.ReleaseRequest;
import java.nio.file.Path;

/** Proof that the encrypted bundle of a sealed request lies in the spool, byte for byte as recorded. Only {@link Sealer} makes one. */
public final class SealedBundle {
    private final ReleaseRequest request;
    private final SealRecord record;
    private final Path file;

    SealedBundle(ReleaseRequest request, SealRecord record, Path file) {
        this.request = request;
        this.record = record;
        this.file = file;
    }

    public ReleaseRequest request() {
        return request;
    }

    public SealRecord record() {
        return record;
    }

    /** The ciphertext. */
    public Path file() {
        return file;
    }
}
