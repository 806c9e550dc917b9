package io.weir.query;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.AuditUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An audit log in memory that can be made to fail. */
public final class RecordingAuditLog implements AuditLog {
    private final List<AuditEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> waits = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean dead;

    public List<AuditEvent> events() {
        return List.copyOf(events);
    }

    /** How many records each wait of the road was for. */
    public List<Integer> waits() {
        return List.copyOf(waits);
    }

    public void kill() {
        dead = true;
    }

    @Override
    public CompletableFuture<Receipt> submit(AuditEvent event) {
        try {
            return CompletableFuture.completedFuture(append(event));
        } catch (AuditUnavailableException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Receipt append(List<AuditEvent> events) {
        waits.add(events.size());
        return events.stream().map(this::append).toList().getLast();
    }

    @Override
    public Receipt append(AuditEvent event) {
        if (dead) {
            throw new AuditUnavailableException("dead");
        }
        events.add(event);
        return new Receipt(events.size(), "0".repeat(64));
    }

    @Override
    public boolean alive() {
        return !dead;
    }
}
