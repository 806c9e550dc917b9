package io.weir.audit.verify;

import io.weir.audit.AuditField;
import io.weir.audit.EventType;
import io.weir.audit.format.Leaf;
import io.weir.audit.verify.Finding.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows queries and releases through the log: nothing runs without a permit, nothing leaves without its checkers' votes, and what leaves is
 * what was asked and voted on.
 */
final class MeaningCheck {
    private static final long DEFAULT_REQUIRED = 2;

    /** What every record from asking to delivery must say alike. */
    private static final List<String> CASE_FIELDS = List.of(
            AuditField.CASE,
            AuditField.DIGEST,
            AuditField.DESTINATION,
            AuditField.PROJECT,
            AuditField.AGREEMENT,
            AuditField.AUTHOR);

    private final Findings findings;
    private final Set<String> permitted = new HashSet<>();
    private final Map<String, Release> releases = new HashMap<>();

    /** Requests by the bundle they were first sealed in. */
    private final Map<String, String> bundles = new HashMap<>();

    /** Votes and approvals by the change that they were part of; a change can turn out not to have happened. */
    private final Map<String, Release> changes = new HashMap<>();

    /** A release request as the log tells it so far. */
    private static final class Release {
        /** What was asked: the record and the change it was part of. */
        private @Nullable Leaf asked;

        private String asking = "";

        /** The encrypted bundle, with the change in which it was sealed. */
        private @Nullable Leaf sealed;

        private String sealing = "";

        /** Approving checkers with the change in which each voted. */
        private final Map<String, String> approving = new HashMap<>();

        private @Nullable String approval;
        private long required = DEFAULT_REQUIRED;

        void reopen() {
            approving.clear();
            approval = null;
        }

        void abandon(String change) {
            approving.values().removeIf(change::equals);
            if (change.equals(approval)) {
                approval = null;
            }
            if (change.equals(asking)) {
                asked = null;
            }
            if (change.equals(sealing)) {
                sealed = null;
            }
        }
    }

    MeaningCheck(Findings findings) {
        this.findings = findings;
    }

    void read(EventType type, Leaf leaf) {
        switch (type) {
            case QUERY_DECIDED -> decided(leaf);
            case QUERY_EXECUTED -> executed(leaf);
            case RELEASE_REQUESTED -> requested(leaf);
            case RELEASE_VOTED -> voted(leaf);
            case RELEASE_APPROVED -> approved(leaf);
            case RELEASE_RETURNED, RELEASE_REJECTED, RELEASE_WITHDRAWN ->
                release(leaf).reopen();
            case CHANGE_ABANDONED -> abandoned(leaf);
            case RELEASE_SEALED -> sealed(leaf);
            case DELIVERY_STARTED -> delivered(leaf, "was sent");
            case DELIVERY_DONE -> delivered(leaf, "was delivered");
            case LOG_OPENED,
                    LOG_RECOVERED,
                    LOG_SEALED,
                    LOG_CLOSED,
                    CONFIG_LOADED,
                    POLICY_LOADED,
                    POLICY_REJECTED,
                    USER_CHANGED,
                    SESSION_OPENED,
                    SESSION_CLOSED,
                    AUTH_OK,
                    AUTH_FAILED,
                    QUERY_REFUSED,
                    QUERY_FAILED,
                    QUERY_CANCELLED,
                    CATALOG_READ,
                    EGRESS_ALERT,
                    RELEASE_VIEWED,
                    RELEASE_RESUMED,
                    RELEASE_COMMENTED,
                    DELIVERY_FAILED,
                    ACCESS_DENIED -> {}
        }
    }

    private void decided(Leaf leaf) {
        String query = text(leaf, AuditField.QUERY);
        if (AuditField.PERMIT.equals(text(leaf, AuditField.DECISION))) {
            permitted.add(query);
        } else {
            permitted.remove(query);
        }
    }

    private void executed(Leaf leaf) {
        String query = text(leaf, AuditField.QUERY);
        if (query.isEmpty() || !permitted.contains(query)) {
            findings.add(
                    Kind.EXECUTED_WITHOUT_PERMIT,
                    leaf.seq(),
                    "Query " + query + " was executed without an earlier decision to permit it.");
        }
    }

    private void requested(Leaf leaf) {
        Release release = release(leaf);
        if (release.asked == null) {
            release.asked = leaf;
            release.asking = change(leaf, release);
        } else {
            same(leaf, release);
        }
    }

    /** A record about a request says of it what the record of asking says. */
    private void same(Leaf leaf, Release release) {
        Leaf asked = release.asked;
        if (asked == null) {
            return;
        }
        for (String field : CASE_FIELDS) {
            String value = text(leaf, field);
            if (value.isEmpty() || !value.equals(text(asked, field))) {
                findings.add(
                        Kind.RELEASE_CHANGED,
                        leaf.seq(),
                        "Release " + text(leaf, AuditField.REQUEST) + ": the " + field + " of record " + leaf.seq()
                                + " (" + leaf.type() + ") is not the one of record " + asked.seq() + " (" + asked.type()
                                + ").");
            }
        }
    }

    private void voted(Leaf leaf) {
        Release release = release(leaf);
        same(leaf, release);
        String checker = text(leaf, AuditField.CHECKER);
        if (checker.isEmpty()) {
            return;
        }
        if (checker.equals(author(release))) {
            findings.add(
                    Kind.AUTHOR_VOTED,
                    leaf.seq(),
                    "The author of release " + text(leaf, AuditField.REQUEST) + " voted on it.");
        } else if (AuditField.APPROVE.equals(text(leaf, AuditField.VOTE))) {
            release.approving.put(checker, change(leaf, release));
        } else {
            release.approving.remove(checker);
        }
    }

    private void approved(Leaf leaf) {
        // The last vote and the approval may be one record.
        voted(leaf);
        Release release = release(leaf);
        release.approval = change(leaf, release);
        Object required = leaf.rec().get(AuditField.REQUIRED);
        release.required = required instanceof Long number && number >= 1 ? number : DEFAULT_REQUIRED;
    }

    private String change(Leaf leaf, Release release) {
        String change = text(leaf, AuditField.CHANGE);
        if (!change.isEmpty()) {
            changes.put(change, release);
        }
        return change;
    }

    private void abandoned(Leaf leaf) {
        String change = text(leaf, AuditField.CHANGE);
        Release release = changes.remove(change);
        if (release != null) {
            release.abandon(change);
        }
    }

    private void sealed(Leaf leaf) {
        Release release = release(leaf);
        leaves(leaf, release, "was sealed");
        String id = text(leaf, AuditField.REQUEST);
        String cipher = text(leaf, AuditField.CIPHER);
        if (!id.equals(bundles.merge(cipher, id, (first, again) -> first))) {
            findings.add(
                    Kind.RELEASE_CHANGED,
                    leaf.seq(),
                    "Release " + id + " was sealed with the bundle of another release.");
        }
        release.sealed = leaf;
        release.sealing = change(leaf, release);
    }

    private void delivered(Leaf leaf, String verb) {
        Release release = release(leaf);
        leaves(leaf, release, verb);
        Leaf sealed = release.sealed;
        if (sealed == null) {
            findings.add(
                    Kind.RELEASE_CHANGED,
                    leaf.seq(),
                    "Release " + text(leaf, AuditField.REQUEST) + " " + verb + " without having been sealed.");
        } else if (!text(leaf, AuditField.CIPHER).equals(text(sealed, AuditField.CIPHER))
                || text(leaf, AuditField.CIPHER).isEmpty()) {
            findings.add(
                    Kind.RELEASE_CHANGED,
                    leaf.seq(),
                    "Release " + text(leaf, AuditField.REQUEST) + ": the bundle of record " + leaf.seq() + " ("
                            + leaf.type() + ") is not the one of record " + sealed.seq() + " (" + sealed.type() + ").");
        }
    }

    private void leaves(Leaf leaf, Release release, String verb) {
        same(leaf, release);
        String id = text(leaf, AuditField.REQUEST);
        if (release.approval == null) {
            findings.add(
                    Kind.RELEASED_WITHOUT_VOTES, leaf.seq(), "Release " + id + " " + verb + " without an approval.");
        } else if (author(release).isEmpty()) {
            findings.add(
                    Kind.RELEASED_WITHOUT_VOTES,
                    leaf.seq(),
                    "Release " + id + " " + verb + " without a request that names its author.");
        } else if (release.approving.size() < release.required) {
            findings.add(
                    Kind.RELEASED_WITHOUT_VOTES,
                    leaf.seq(),
                    "Release " + id + " " + verb + " with " + release.approving.size()
                            + " approving votes of distinct checkers; " + release.required + " are required.");
        }
    }

    private static String author(Release release) {
        Leaf asked = release.asked;
        return asked == null ? "" : text(asked, AuditField.AUTHOR);
    }

    private Release release(Leaf leaf) {
        return releases.computeIfAbsent(text(leaf, AuditField.REQUEST), id -> new Release());
    }

    private static String text(Leaf leaf, String field) {
        return leaf.rec().get(field) instanceof String text ? text : "";
    }
}
