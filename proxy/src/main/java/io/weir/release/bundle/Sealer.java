package io.weir.release.bundle;

import io.weir.problem.LoggedFailure;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.RequestAction;
import io.weir.release.request.RequestEvents;
import io.weir.release.request.RequestId;
import io.weir.release.request.RequestState;
import io.weir.release.request.RequestStore;
import io.weir.release.request.Step;
import io.weir.release.review.ApprovalGate;
import io.weir.release.review.ApprovedRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals approved requests. Approvals, agreement and destination are checked again first; what no longer stands is returned or fails with
 * a public reason. A kill at any point leaves the request approved, and it is sealed again; once recorded, the ciphertext is never made
 * anew, because its bytes are its name. One thread.
 */
public final class Sealer {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

    private final RequestStore requests;
    private final SealStore seals;
    private final ApprovalGate gate;
    private final Spool spool;
    private final InstantSource clock;
    private final String toolVersion;

    public Sealer(
            RequestStore requests,
            SealStore seals,
            ApprovalGate gate,
            Spool spool,
            InstantSource clock,
            String toolVersion) {
        this.requests = requests;
        this.seals = seals;
        this.gate = gate;
        this.spool = spool;
        this.clock = clock;
        this.toolVersion = toolVersion;
    }

    /**
     * Seals all approved requests.
     *
     * @return how many were sealed
     * @throws UncheckedIOException when the spool cannot be written: try again later
     */
    public int sealApproved() {
        int sealed = 0;
        for (ReleaseRequest request : requests.inStates(EnumSet.of(RequestState.APPROVED))) {
            if (seal(request)) {
                sealed++;
            }
        }
        return sealed;
    }

    private boolean seal(ReleaseRequest request) {
        ApprovalGate.Passage passage;
        try {
            passage = gate.check(request);
        } catch (ProblemException e) {
            if (e.problem().code() != ProblemCode.INTERNAL) {
                throw e;
            }
            LOG.error("frozen answer of {} cannot be read", request.id(), LoggedFailure.of(e));
            return end(request, RequestAction.FAIL, "the frozen result does not match its content address");
        }
        return switch (passage) {
            case ApprovalGate.Passage.Open(ApprovedRelease release) -> seal(release);
            case ApprovalGate.Passage.Lapsed(String reason) -> end(request, RequestAction.LAPSE, reason);
            case ApprovalGate.Passage.Closed(String reason) -> end(request, RequestAction.FAIL, reason);
        };
    }

    private boolean seal(ApprovedRelease release) {
        ReleaseRequest request = release.request();
        try {
            SealRecord record = reusable(release).orElse(null);
            if (record == null) {
                record = encrypt(release);
            }
            Step step = Step.of(request, RequestAction.SEAL, null, now());
            return seals.seal(
                    step,
                    record,
                    RequestEvents.of(step)
                            .with("plain_sha256", record.plainSha256())
                            .with("cipher_sha256", record.cipherSha256())
                            .with("cipher_size", record.cipherSize())
                            .with("recipient", record.recipient())
                            .with("policy", release.policyDigest())
                            .with("required", release.agreement().reviewersRequired())
                            .with("checkers", checkers(release)));
        } catch (GeneralSecurityException e) {
            LOG.error("cannot encrypt {}", request.id(), LoggedFailure.of(e));
            return end(request, RequestAction.FAIL, "the recipient key of the destination cannot be used");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> checkers(ApprovedRelease release) {
        return release.approvals().stream().map(v -> v.checker().value()).toList();
    }

    /** A resumed request keeps the bytes it was sealed in, as long as they are for the same recipient and still there. */
    private Optional<SealRecord> reusable(ApprovedRelease release) throws IOException {
        Optional<SealRecord> earlier = seals.findSeal(release.request().id());
        if (earlier.isEmpty()) {
            return earlier;
        }
        SealRecord record = earlier.get();
        boolean fits = record.recipient().equals(release.destination().recipient())
                && record.destination().equals(release.destination().id())
                && spool.holds(record.cipherSha256(), record.cipherSize());
        return fits ? earlier : Optional.empty();
    }

    private SealRecord encrypt(ApprovedRelease release) throws IOException, GeneralSecurityException {
        byte[] plaintext = BundleContent.write(release, toolVersion);
        String recipient = release.destination().recipient();
        Spool.Encrypted encrypted = spool.encrypt(plaintext, recipient);
        return new SealRecord(
                release.request().id(),
                Digests.sha256(plaintext),
                plaintext.length,
                encrypted.sha256(),
                encrypted.size(),
                recipient,
                release.destination().id(),
                now());
    }

    private boolean end(ReleaseRequest request, RequestAction action, String reason) {
        Step step = Step.of(request, action, null, now()).because(reason);
        requests.apply(step, RequestEvents.of(step));
        return false;
    }

    /** The bundle of a sealed request; empty when the spool does not hold exactly the recorded bytes. */
    public Optional<SealedBundle> bundle(RequestId id) {
        Optional<ReleaseRequest> request = requests.find(id).filter(r -> r.state() == RequestState.SEALED);
        Optional<SealRecord> record = seals.findSeal(id);
        if (request.isEmpty() || record.isEmpty()) {
            return Optional.empty();
        }
        SealRecord seal = record.get();
        try {
            return spool.holds(seal.cipherSha256(), seal.cipherSize())
                    ? Optional.of(new SealedBundle(request.get(), seal, spool.path(seal.cipherSha256())))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a delivered ciphertext. What cannot be removed stays, encrypted, and is logged. */
    public void discard(SealedBundle bundle) {
        try {
            spool.remove(bundle.record().cipherSha256());
        } catch (IOException e) {
            LOG.warn("cannot remove a delivered bundle from the spool: {}", LoggedFailure.names(e));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
