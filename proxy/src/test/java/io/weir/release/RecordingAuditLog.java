package io.weir.release;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Keeps records in memory; can be broken, and can be watched before and after each append. Thread-safe. */
public final class RecordingAuditLog implements AuditLog {
    private final List<AuditEvent> events = new ArrayList<>();
    private volatile boolean broken;
    private volatile Consumer<AuditEvent> afterAppend = event -> {};

    @Override
    public CompletableFuture<Receipt> submit(AuditEvent event) {
        return CompletableFuture.completedFuture(append(event));
    }

    @Override
    public Receipt append(List<AuditEvent> events) {
        return events.stream().map(this::append).toList().getLast();
    }

    @Override
    public Receipt append(AuditEvent event) {
        if (broken) {
            throw new AuditUnavailableException("broken by the test");
        }
        Receipt receipt;
        synchronized (events) {
            events.add(event);
            receipt = new Receipt(events.size() - 1, "%064x".formatted(events.size()));
        }
        afterAppend.accept(event);
        return receipt;
    }

    @Override
    public boolean alive() {
        return !broken;
    }

    public void breakNow() {
        broken = true;
    }

    public void repair() {
        broken = false;
    }

    /** Runs after a record is kept and before the caller knows. */
    public void afterAppend(Consumer<AuditEvent> hook) {
        afterAppend = hook;
    }

    public List<AuditEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    public List<AuditEvent> events(EventType type) {
        return events().stream().filter(e -> e.type() == type).toList();
    }
}
