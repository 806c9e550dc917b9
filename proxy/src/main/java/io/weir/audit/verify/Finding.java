package io.weir.audit.verify;

/**
 * One thing that is wrong with a log.
 *
 * @param kind what kind of thing
 * @param sequence number of the record, or -1 when it is not about one record
 * @param sentence for a person; never quotes a field of a record other than ids
 */
public record Finding(Kind kind, long sequence, String sentence) {
    /** The closed list. */
    public enum Kind {
        /** Bytes that are not a line of a segment. */
        NOT_A_LINE,
        /** The stated hash is not the hash of the leaf. */
        LINE_HASH,
        /** The leaf is not canonical or not of this version. */
        NOT_CANONICAL,
        /** The record does not name the one before it. */
        CHAIN,
        /** A sequence number is missing, repeated or out of order. */
        SEQUENCE,
        /** A record is earlier than the one before it. */
        TIME,
        /** The event is not one of the closed list. */
        UNKNOWN_EVENT,
        /** A segment is missing or misnamed. */
        SEGMENT,
        /** {@code log.json} is missing, unreadable or names another log. */
        DESCRIPTION,
        /** No signed checkpoint is there. */
        NO_CHECKPOINT,
        /** A checkpoint cannot be read or is not signed by a trusted key. */
        CHECKPOINT_SIGNATURE,
        /** The records are not those that a checkpoint vouches for. */
        CHECKPOINT_ROOT,
        /** A checkpoint vouches for more records than are there. */
        CUT_OFF,
        /** A checkpoint kept elsewhere is newer than the log, or contradicts it. */
        ROLLED_BACK,
        /** Records that no checkpoint vouches for, in a log that is not being written. */
        UNCOVERED,
        /** A query ran without a permit before it. */
        EXECUTED_WITHOUT_PERMIT,
        /** A release was sealed or delivered without the votes it needs. */
        RELEASED_WITHOUT_VOTES,
        /** What was voted on, sealed or delivered is not what was asked, or not what was sealed. */
        RELEASE_CHANGED,
        /** An author voted on the own request. */
        AUTHOR_VOTED
    }
}
