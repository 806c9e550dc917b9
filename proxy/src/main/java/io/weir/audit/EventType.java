package io.weir.audit;

/** The closed list of audit events. The name in the log is {@link #label()}. */
public enum EventType {
    LOG_OPENED("log.opened"),
    LOG_RECOVERED("log.recovered"),
    LOG_SEALED("log.sealed"),
    LOG_CLOSED("log.closed"),
    CONFIG_LOADED("config.loaded"),
    POLICY_LOADED("policy.loaded"),
    POLICY_REJECTED("policy.rejected"),
    USER_CHANGED("user.changed"),
    SESSION_OPENED("session.opened"),
    SESSION_CLOSED("session.closed"),
    AUTH_OK("auth.ok"),
    AUTH_FAILED("auth.failed"),
    QUERY_REFUSED("query.refused"),
    QUERY_DECIDED("query.decided"),
    QUERY_EXECUTED("query.executed"),
    QUERY_FAILED("query.failed"),
    QUERY_CANCELLED("query.cancelled"),
    CATALOG_READ("catalog.read"),
    EGRESS_ALERT("egress.alert"),
    RELEASE_REQUESTED("release.requested"),
    RELEASE_VIEWED("release.viewed"),
    RELEASE_VOTED("release.voted"),
    RELEASE_APPROVED("release.approved"),
    RELEASE_REJECTED("release.rejected"),
    RELEASE_RETURNED("release.returned"),
    RELEASE_WITHDRAWN("release.withdrawn"),
    RELEASE_SEALED("release.sealed"),
    RELEASE_RESUMED("release.resumed"),
    RELEASE_COMMENTED("release.commented"),
    DELIVERY_STARTED("delivery.started"),
    DELIVERY_DONE("delivery.done"),
    DELIVERY_FAILED("delivery.failed"),
    ACCESS_DENIED("access.denied"),
    /** A change whose record is (or may be) in the log did not happen; field {@code change} names it. */
    CHANGE_ABANDONED("change.abandoned");

    private final String label;

    EventType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
