package io.weir.audit;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One event, before the log gives it a sequence number and a time. Immutable.
 *
 * @param type what happened
 * @param fields public fields: ids, decisions, counts, digests; names {@code [a-z0-9_.]+}, values String, Long, Integer, Boolean or a List
 *     of String. Never personal data, literals of a statement or row values
 * @param disclosures sensitive texts (SQL with its literals, free-text reasons, client address): only a salted digest goes into the leaf
 */
public record AuditEvent(EventType type, SortedMap<String, Object> fields, SortedMap<String, String> disclosures) {
    public AuditEvent {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        disclosures = Collections.unmodifiableSortedMap(new TreeMap<>(disclosures));
    }

    public static AuditEvent of(EventType type) {
        return new AuditEvent(type, new TreeMap<>(), new TreeMap<>());
    }

    public AuditEvent with(String field, Object value) {
        TreeMap<String, Object> copy = new TreeMap<>(fields);
        copy.put(field, value);
        return new AuditEvent(type, copy, disclosures);
    }

    public AuditEvent with(Map<String, ?> more) {
        TreeMap<String, Object> copy = new TreeMap<>(fields);
        copy.putAll(more);
        return new AuditEvent(type, copy, disclosures);
    }

    public AuditEvent disclosing(String field, String value) {
        TreeMap<String, String> copy = new TreeMap<>(disclosures);
        copy.put(field, value);
        return new AuditEvent(type, fields, copy);
    }
}
