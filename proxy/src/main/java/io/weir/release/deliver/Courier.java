package io.weir.release.deliver;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.connector.destination.DeliveryReceipt;
import io.weir.connector.destination.DestinationConnector;
import io.weir.connector.destination.DestinationException;
import io.weir.policy.Destination;
import io.weir.problem.LoggedFailure;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.release.bundle.SealedBundle;
import io.weir.release.bundle.Sealer;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.RequestAction;
import io.weir.release.request.RequestEvents;
import io.weir.release.request.RequestState;
import io.weir.release.request.RequestStore;
import io.weir.release.request.Step;
import io.weir.release.review.ApprovalGate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what is approved and delivers what is due: one attempt after the other.
 *
 * <p>Exactly once by idempotence: names are content addresses, creation at the destination is conditional, the ciphertext is made once, and
 * the end of a delivery is one transaction under a fencing token. A kill at any point is followed by the same attempt again, which finds
 * what is there. Before anything leaves, agreement, destination and recipient key are checked again, and the record of the attempt is
 * anchored.
 */
public final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final RequestStore requests;
    private final Sealer sealer;
    private final Outbox outbox;
    private final ApprovalGate gate;
    private final DestinationConnectors connectors;
    private final AnchorBeforeRelease anchor;
    private final DeliveryAlert alert;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final DeliverySchedule schedule;
    private volatile boolean stopping;

    public Courier(
            RequestStore requests,
            Sealer sealer,
            Outbox outbox,
            ApprovalGate gate,
            DestinationConnectors connectors,
            AnchorBeforeRelease anchor,
            DeliveryAlert alert,
            InstantSource clock,
            RandomGenerator random,
            DeliverySchedule schedule) {
        this.requests = requests;
        this.sealer = sealer;
        this.outbox = outbox;
        this.gate = gate;
        this.connectors = connectors;
        this.anchor = anchor;
        this.alert = alert;
        this.clock = clock;
        this.random = random;
        this.schedule = schedule;
    }

    /**
     * Seals all that is approved, then attempts all that is due, once each.
     *
     * @return attempts made
     * @throws ProblemException when the store does not answer, {@link AuditUnavailableException} when the log does not: nothing is lost, call
     *     again later
     */
    public int runOnce() {
        sealer.sealApproved();
        int attempts = 0;
        Optional<Lease> lease = outbox.lease(now(), schedule.lease());
        while (lease.isPresent()) {
            attempt(lease.get());
            attempts++;
            if (stopping) {
                break;
            }
            lease = outbox.lease(now(), schedule.lease());
        }
        return attempts;
    }

    /** No further attempt is begun. Who waits for the courier's thread interrupts it too: an attempt under way then fails and is due again. */
    public void stop() {
        stopping = true;
    }

    /** Runs until stopped or interrupted; failures are logged and tried again. */
    public void runUntilStopped() {
        // Not the interrupt alone: libraries that wait for a destination swallow it.
        while (!stopping && !Thread.currentThread().isInterrupted()) {
            try {
                runOnce();
            } catch (RuntimeException e) {
                LOG.warn("the courier could not work and will try again: {}", LoggedFailure.names(e));
            }
            if (stopping) {
                return;
            }
            try {
                Thread.sleep(schedule.poll());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void attempt(Lease lease) {
        ReleaseRequest request = requests.find(lease.request()).orElseThrow();
        if (request.state() != RequestState.SEALED) {
            LOG.error(
                    "delivery of {} is due but the request is {}",
                    request.id(),
                    request.state().label());
            return;
        }
        Optional<SealedBundle> bundle = sealer.bundle(request.id());
        if (bundle.isEmpty()) {
            stop(lease, request, "the sealed bundle is missing or damaged");
            return;
        }
        Destination destination = gate.destinationNow(request);
        if (destination == null) {
            stop(lease, request, "the agreement is no longer in force, or the destination is no longer one of its");
            return;
        }
        if (!destination.recipient().equals(bundle.get().record().recipient())) {
            stop(lease, request, "the recipient's key has changed since the release was sealed");
            return;
        }
        if (!isWhatWasSealed(request, bundle.get())) {
            stop(lease, request, ApprovalGate.ALTERED);
            return;
        }
        AuditEvent started = event(EventType.DELIVERY_STARTED, lease, request)
                .with("cipher_sha256", bundle.get().record().cipherSha256());
        if (!outbox.begin(lease, now(), schedule.lease(), started)) {
            LOG.warn("lease of {} was lost", request.id());
            return;
        }
        anchor.anchor();
        send(lease, bundle.get(), destination);
    }

    private boolean isWhatWasSealed(ReleaseRequest request, SealedBundle bundle) {
        try {
            return request.destination().equals(bundle.record().destination()) && gate.isIntact(request);
        } catch (ProblemException e) {
            if (e.problem().code() == ProblemCode.INTERNAL) {
                return false;
            }
            throw e;
        }
    }

    private void send(Lease lease, SealedBundle bundle, Destination destination) {
        DeliveryReceipt receipt;
        try (DestinationConnector connector = connectors.open(destination)) {
            receipt = connector.deliver(Parcels.of(bundle));
        } catch (DestinationException e) {
            LOG.warn("delivery of {} failed: {}", lease.request(), e.kind(), LoggedFailure.of(e));
            failed(lease, bundle.request(), e.kind());
            return;
        } catch (RuntimeException e) {
            LOG.error("delivery of {} failed unexpectedly", lease.request(), LoggedFailure.of(e));
            failed(lease, bundle.request(), DestinationException.Kind.TRANSIENT);
            return;
        }
        Step step = Step.of(bundle.request(), RequestAction.DELIVER, null, now());
        boolean recorded = outbox.delivered(
                lease,
                step,
                receipt.locations(),
                receipt.alreadyThere(),
                RequestEvents.of(step)
                        .with("attempt", lease.attempt())
                        .with("fence", lease.fence())
                        .with("cipher_sha256", bundle.record().cipherSha256())
                        .with("locations", receipt.locations())
                        .with("already_there", receipt.alreadyThere()));
        if (recorded) {
            sealer.discard(bundle);
        } else {
            LOG.warn("lease of {} was lost after delivery; its new holder finds the same bytes there", lease.request());
        }
    }

    private void failed(Lease lease, ReleaseRequest request, DestinationException.Kind kind) {
        Instant now = now();
        boolean late = now.isAfter(lease.firstDue().plus(schedule.giveUpAfter()));
        if (kind == DestinationException.Kind.TRANSIENT && !late) {
            Instant again = now.plus(schedule.pauseAfter(lease.attempt(), random));
            String words = words(kind);
            outbox.postpone(
                    lease,
                    now,
                    again,
                    words,
                    event(EventType.DELIVERY_FAILED, lease, request)
                            .with("kind", "transient")
                            .with("final", false)
                            .with("again_at", again.toString()));
        } else {
            stop(lease, request, words(kind));
        }
    }

    private static String words(DestinationException.Kind kind) {
        return switch (kind) {
            case TRANSIENT -> "the destination cannot be reached or does not finish";
            case IDENTITY -> "the destination could not prove that it is the one in the agreement";
            case DENIED -> "the destination refused our credentials or permissions";
            case CONFLICT -> "at the destination lie other bytes under the release's name";
        };
    }

    private void stop(Lease lease, ReleaseRequest request, String reason) {
        Step step = Step.of(request, RequestAction.FAIL, null, now()).because(reason);
        if (outbox.stopped(
                lease,
                step,
                RequestEvents.of(step)
                        .with("attempt", lease.attempt())
                        .with("fence", lease.fence())
                        .with("final", true))) {
            alert.raise(request.id(), reason);
        }
    }

    private static AuditEvent event(EventType type, Lease lease, ReleaseRequest request) {
        return RequestEvents.about(type, request, null)
                .with("attempt", lease.attempt())
                .with("fence", lease.fence());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
