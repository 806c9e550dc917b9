package io.weir.problem;

/**
 * Every problem that can reach a client. The code is stable: clients, tests and dashboards may rely on it. SQLSTATEs are PostgreSQL's
 * (PostgreSQL 16, Appendix A). The public sentence never depends on data.
 */
public enum ProblemCode {
    SYNTAX("42601", ProblemKind.ANALYST, "The statement could not be read."),
    UNKNOWN_RELATION("42P01", ProblemKind.ANALYST, "The relation does not exist or is not granted to this project."),
    UNKNOWN_COLUMN("42703", ProblemKind.ANALYST, "The column does not exist or is not granted to this project."),
    UNKNOWN_FUNCTION(
            "42883", ProblemKind.ANALYST, "The function does not exist or is not on the list of permitted functions."),
    TYPE_MISMATCH("42804", ProblemKind.ANALYST, "The types in the statement do not fit together."),
    INVALID_VALUE("22P02", ProblemKind.ANALYST, "A value in the statement cannot be read as its type."),
    ENCODING("22021", ProblemKind.ANALYST, "invalid byte sequence for encoding \"UTF8\""),
    OUT_OF_RANGE("22003", ProblemKind.ANALYST, "A value lies outside the range of its type."),
    PARAMETER_MISSING("08P01", ProblemKind.ANALYST, "The statement was bound with the wrong number of parameters."),
    UNSUPPORTED("0A000", ProblemKind.ANALYST, "Weir does not support this statement."),
    READ_ONLY("25006", ProblemKind.ANALYST, "Weir is read-only."),
    IDENTIFIER_USE("42501", ProblemKind.POLICY, "Identifiers cannot be used in this way."),
    TEXT_USE("42501", ProblemKind.POLICY, "Free text never leaves the environment and cannot be used in expressions."),
    OFF_GRID("42501", ProblemKind.POLICY, "The bound does not lie on the grid of this column."),
    COMPARISON("42501", ProblemKind.POLICY, "This comparison is not permitted on personal data."),
    JOIN("42501", ProblemKind.POLICY, "Personal data can be joined only along declared links."),
    FUNCTION_USE("42501", ProblemKind.POLICY, "This function is not available here."),
    AGGREGATE_USE("42501", ProblemKind.POLICY, "This aggregate is not available here."),
    ROWS_NOT_GRANTED(
            "42501", ProblemKind.POLICY, "Rows about people are not granted to this project; ask for an aggregate."),
    SHAPE("42501", ProblemKind.POLICY, "This form of statement is not permitted over personal data."),
    AGREEMENT_INACTIVE("28000", ProblemKind.POLICY, "No agreement in force grants access to this project."),
    NOT_A_MEMBER("28000", ProblemKind.POLICY, "This user is not a member of the project."),
    NOT_PERMITTED("42501", ProblemKind.POLICY, "This person may not do that."),
    WRONG_STATE("55000", ProblemKind.POLICY, "The request is not in a state that allows this."),
    NOT_RELEASABLE("42501", ProblemKind.POLICY, "This result cannot be released under the agreement."),
    AUTHENTICATION_FAILED("28P01", ProblemKind.POLICY, "Authentication failed."),
    TLS_REQUIRED("28000", ProblemKind.POLICY, "This server accepts only connections over TLS."),
    STALE_STATEMENT("0A000", ProblemKind.POLICY, "cached plan must not change result type"),
    STATEMENT_TOO_COMPLEX("54001", ProblemKind.CAPACITY, "The statement is too large or too deeply nested."),
    STATEMENT_TOO_LONG("54000", ProblemKind.CAPACITY, "The statement is longer than this installation allows."),
    RESULT_TOO_LARGE("54000", ProblemKind.CAPACITY, "The result is larger than this installation allows."),
    TOO_MANY_CONNECTIONS("53300", ProblemKind.CAPACITY, "Too many connections."),
    TIME_OUT("57014", ProblemKind.CAPACITY, "canceling statement due to statement timeout"),
    CANCELLED("57014", ProblemKind.ANALYST, "canceling statement due to user request"),
    SETTING_UNKNOWN("42704", ProblemKind.ANALYST, "The setting does not exist."),
    SETTING_VALUE("22023", ProblemKind.ANALYST, "The setting cannot have this value."),
    COPY_OPTION("22023", ProblemKind.ANALYST, "The option of COPY cannot have this value."),
    STATEMENT_UNKNOWN("26000", ProblemKind.ANALYST, "The prepared statement does not exist."),
    STATEMENT_EXISTS("42P05", ProblemKind.ANALYST, "The prepared statement exists already."),
    CURSOR_UNKNOWN("34000", ProblemKind.ANALYST, "The portal or cursor does not exist."),
    CURSOR_EXISTS("42P03", ProblemKind.ANALYST, "The portal or cursor exists already."),
    CURSOR_DEFINITION("42P11", ProblemKind.ANALYST, "The cursor cannot be declared like this."),
    CURSOR_FORWARD_ONLY("55000", ProblemKind.ANALYST, "cursor can only scan forward"),
    IN_TRANSACTION("25001", ProblemKind.ANALYST, "This is not possible inside a transaction block."),
    NO_TRANSACTION("25P01", ProblemKind.ANALYST, "This is possible only inside a transaction block."),
    TRANSACTION_FAILED(
            "25P02",
            ProblemKind.ANALYST,
            "current transaction is aborted, commands ignored until end of transaction block"),
    SAVEPOINT_UNKNOWN("3B001", ProblemKind.ANALYST, "The savepoint does not exist."),
    USER_MISSING("28000", ProblemKind.ANALYST, "The connection names no user."),
    TOO_MANY_OBJECTS("53400", ProblemKind.CAPACITY, "The session holds too many prepared statements or portals."),
    BUFFERS_FULL("53200", ProblemKind.CAPACITY, "There is no room for this message at present."),
    IDLE_TOO_LONG("57P05", ProblemKind.CAPACITY, "terminating connection due to idle-session timeout"),
    IDLE_IN_TRANSACTION("25P03", ProblemKind.ANALYST, "terminating connection due to idle-in-transaction timeout"),
    PROTOCOL_VIOLATION("08P01", ProblemKind.ANALYST, "The message does not follow the protocol."),
    FORMAT_UNKNOWN("22023", ProblemKind.ANALYST, "The format code is neither 0 (text) nor 1 (binary)."),
    SOURCE_BUSY(
            "53300",
            ProblemKind.CAPACITY,
            "The connections to the data source are busy with other questions of this project; try again."),
    SOURCE_UNAVAILABLE("08006", ProblemKind.SOURCE, "The data source does not answer at present."),
    SOURCE_FAILED("XX000", ProblemKind.SOURCE, "The data source could not answer the governed query."),
    STORE_UNAVAILABLE("57P03", ProblemKind.SOURCE, "The control store does not answer at present."),
    CATALOGUE_UNAVAILABLE("57P03", ProblemKind.SOURCE, "The catalogue does not answer at present; try again."),
    CATALOGUE_FULL(
            "53200",
            ProblemKind.CAPACITY,
            "Too many answers of the catalogue wait for their clients; there is no room for another at present."),
    CURSORS_FULL("53200", ProblemKind.CAPACITY, "There is no room for the rows of another cursor at present."),
    AUDIT_UNAVAILABLE("58030", ProblemKind.INTERNAL, "The audit log is unavailable: nothing is answered."),
    EGRESS_GUARD("XX000", ProblemKind.INTERNAL, "The generated statement was stopped by a safety check."),
    INTERNAL("XX000", ProblemKind.INTERNAL, "Weir could not answer because of an internal problem.");

    private final String sqlState;
    private final ProblemKind kind;
    private final String sentence;

    ProblemCode(String sqlState, ProblemKind kind, String sentence) {
        this.sqlState = sqlState;
        this.kind = kind;
        this.sentence = sentence;
    }

    /** Five characters, PostgreSQL's meaning. */
    public String sqlState() {
        return sqlState;
    }

    public ProblemKind kind() {
        return kind;
    }

    /** The sentence every client may see. */
    public String sentence() {
        return sentence;
    }
}
