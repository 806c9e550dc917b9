package io.weir.query.session;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A log in memory that can be made to fail at an event type. */
final class TestAudit implements AuditLog {
    final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    volatile @Nullable EventType failing;

    @Override
    public CompletableFuture<Receipt> submit(AuditEvent event) {
        if (event.type() == failing) {
            return CompletableFuture.failedFuture(new AuditUnavailableException("full"));
        }
        events.add(event);
        return CompletableFuture.completedFuture(new Receipt(events.size(), "leaf"));
    }

    @Override
    public Receipt append(List<AuditEvent> events) {
        return events.stream().map(this::append).toList().getLast();
    }

    @Override
    public Receipt append(AuditEvent event) {
        if (event.type() == failing) {
            throw new AuditUnavailableException("full");
        }
        return submit(event).join();
    }

    @Override
    public boolean alive() {
        return failing == null;
    }

    List<EventType> types() {
        return events.stream().map(AuditEvent::type).toList();
    }
}
