package io.weir.audit;

/**
 * Names of event fields that have a meaning to the verifier: it follows a query and a release through the log by them. Other fields are
 * free.
 */
public final class AuditField {
    /** Id of a query; in every {@code query.*} event. */
    public static final String QUERY = "query";

    /** In {@code query.decided}: {@link #PERMIT} or {@link #REFUSE}. */
    public static final String DECISION = "decision";

    /** A query may run. */
    public static final String PERMIT = "permit";

    /** A query may not run. */
    public static final String REFUSE = "refuse";

    /** Id of a release request; in every {@code release.*} and {@code delivery.*} event. */
    public static final String REQUEST = "request";

    /** In every event about a release request: content address of what is asked to leave. */
    public static final String DIGEST = "digest";

    /**
     * In every event about a release request: the digest that checkers vote on, over request, author, project, agreement, destination,
     * title, purpose note and content.
     */
    public static final String CASE = "case";

    /** In every event about a release request: id of the project. */
    public static final String PROJECT = "project";

    /** In every event about a release request: id of the agreement. */
    public static final String AGREEMENT = "agreement";

    /** In every event about a release request: id of the destination. */
    public static final String DESTINATION = "destination";

    /** In {@code release.sealed} and {@code delivery.*}: digest of the encrypted bundle. */
    public static final String CIPHER = "cipher_sha256";

    /** In every event about a release request: account name of the person who asks. */
    public static final String AUTHOR = "author";

    /** In {@code release.voted}, and in {@code release.approved} when that is the last vote: account name of the person who votes. */
    public static final String CHECKER = "checker";

    /** Beside {@link #CHECKER}: {@link #APPROVE} or another word. */
    public static final String VOTE = "vote";

    /** A vote for the release. */
    public static final String APPROVE = "approve";

    /** In {@code release.approved}: number of distinct checkers that the agreement requires, an integer of at least 1. */
    public static final String REQUIRED = "required";

    /** Id of the stored change that an event is part of; {@code change.abandoned} says that it did not happen. */
    public static final String CHANGE = "change";

    private AuditField() {}
}
