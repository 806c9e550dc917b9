package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The settings a client may see, with the values that PostgreSQL 16 would show. This list is the allow-list: a name that is not here is
 * unknown, in the start-up message too.
 */
@SuppressWarnings("ImmutableEnumChecker") // the value rules are pure functions
enum Setting {
    APPLICATION_NAME("application_name", "", Report.YES, SettingValues::name),
    BYTEA_OUTPUT("bytea_output", "hex", Report.NO, SettingValues.oneOf("hex", "escape")),
    CLIENT_ENCODING("client_encoding", "UTF8", Report.YES, SettingValues::encoding),
    DATE_STYLE("DateStyle", DateStyles.INITIAL, Report.YES, value -> DateStyles.canonical(value, DateStyles.INITIAL)),
    DEFAULT_TRANSACTION_ISOLATION(
            "default_transaction_isolation", "read committed", Report.NO, SettingValues::isolation),
    DEFAULT_TRANSACTION_READ_ONLY("default_transaction_read_only", "on", Report.YES, SettingValues::readOnly),
    EXTRA_FLOAT_DIGITS("extra_float_digits", "1", Report.NO, value -> SettingValues.integer(value, -15, 3)),
    IDLE_IN_TRANSACTION_SESSION_TIMEOUT("idle_in_transaction_session_timeout", "0", Report.NO, SettingValues::duration),
    IDLE_SESSION_TIMEOUT("idle_session_timeout", "0", Report.NO, SettingValues::duration),
    INTERVAL_STYLE(
            "IntervalStyle",
            "postgres",
            Report.YES,
            SettingValues.oneOf("postgres", "postgres_verbose", "sql_standard", "iso_8601")),
    SEARCH_PATH("search_path", "public", Report.NO, SettingValues::searchPath),
    STANDARD_CONFORMING_STRINGS("standard_conforming_strings", "on", Report.YES, SettingValues.oneOf("on", "true")),
    STATEMENT_TIMEOUT("statement_timeout", "0", Report.NO, SettingValues::duration),
    TIME_ZONE("TimeZone", "UTC", Report.YES, SettingValues::timeZone),
    TRANSACTION_ISOLATION("transaction_isolation", "read committed", Report.NO, SettingValues::isolation),
    TRANSACTION_READ_ONLY("transaction_read_only", "on", Report.NO, SettingValues::readOnly),
    WEIR_FLAGS("weir.flags", "off", Report.NO, SettingValues::bool),

    // ---- heard and without effect: drivers set them for questions of their own; nobody may miss what a notice tells
    // of hidden values
    CLIENT_MIN_MESSAGES(
            "client_min_messages",
            "notice",
            Report.NO,
            SettingValues.oneOf("notice", "warning", "error", "log", "info", "debug1")),
    LOCK_TIMEOUT("lock_timeout", "0", Report.NO, SettingValues::duration),
    ROW_SECURITY("row_security", "on", Report.NO, SettingValues::bool),
    CHECK_FUNCTION_BODIES("check_function_bodies", "on", Report.NO, SettingValues::bool),
    DEFAULT_TRANSACTION_DEFERRABLE("default_transaction_deferrable", "off", Report.NO, SettingValues::bool),
    ESCAPE_STRING_WARNING("escape_string_warning", "on", Report.NO, SettingValues::bool),
    JIT("jit", "off", Report.NO, SettingValues::bool),
    QUOTE_ALL_IDENTIFIERS("quote_all_identifiers", "off", Report.NO, SettingValues::bool),
    TRANSACTION_DEFERRABLE("transaction_deferrable", "off", Report.NO, SettingValues::bool),
    XMLOPTION("xmloption", "content", Report.NO, SettingValues.oneOf("content", "document")),

    // ---- shown, never set
    ARRAY_NULLS("array_nulls", "on", Report.NO, SettingValues.FIXED),
    BACKSLASH_QUOTE("backslash_quote", "safe_encoding", Report.NO, SettingValues.FIXED),
    BLOCK_SIZE("block_size", "8192", Report.NO, SettingValues.FIXED),
    DEFAULT_TABLE_ACCESS_METHOD("default_table_access_method", "heap", Report.NO, SettingValues.FIXED),
    DEFAULT_TABLESPACE("default_tablespace", "", Report.NO, SettingValues.FIXED),
    IN_HOT_STANDBY("in_hot_standby", "off", Report.YES, SettingValues.FIXED),
    INTEGER_DATETIMES("integer_datetimes", "on", Report.YES, SettingValues.FIXED),
    IS_SUPERUSER("is_superuser", "off", Report.YES, SettingValues.FIXED),
    LC_MESSAGES("lc_messages", "C", Report.NO, SettingValues.FIXED),
    LC_MONETARY("lc_monetary", "C", Report.NO, SettingValues.FIXED),
    LC_NUMERIC("lc_numeric", "C", Report.NO, SettingValues.FIXED),
    LC_TIME("lc_time", "C", Report.NO, SettingValues.FIXED),
    MAX_FUNCTION_ARGS("max_function_args", "100", Report.NO, SettingValues.FIXED),
    MAX_IDENTIFIER_LENGTH("max_identifier_length", "63", Report.NO, SettingValues.FIXED),
    MAX_INDEX_KEYS("max_index_keys", "32", Report.NO, SettingValues.FIXED),
    SCRAM_ITERATIONS("scram_iterations", "4096", Report.YES, SettingValues.FIXED),
    SERVER_ENCODING("server_encoding", "UTF8", Report.YES, SettingValues.FIXED),
    SERVER_VERSION("server_version", "16.15", Report.YES, SettingValues.FIXED),
    SERVER_VERSION_NUM("server_version_num", "160015", Report.NO, SettingValues.FIXED),
    SESSION_AUTHORIZATION("session_authorization", "", Report.YES, SettingValues.FIXED);

    /** Whether ParameterStatus tells the client (PostgreSQL: GUC_REPORT). */
    enum Report {
        YES,
        NO
    }

    private final String sqlName;
    private final String initial;
    private final Report report;
    private final UnaryOperator<String> canonical;

    Setting(String sqlName, String initial, Report report, UnaryOperator<String> canonical) {
        this.sqlName = sqlName;
        this.initial = initial;
        this.report = report;
        this.canonical = canonical;
    }

    String sqlName() {
        return sqlName;
    }

    String initial() {
        return initial;
    }

    boolean isReported() {
        return report == Report.YES;
    }

    /** The value as SHOW prints it; a {@link ProblemException} when it is not permitted. */
    String canonical(String value) {
        return canonical(value, initial);
    }

    /** The same for a setting whose new value keeps something of the current one: half of DateStyle. */
    String canonical(String value, String current) {
        try {
            return this == DATE_STYLE ? DateStyles.canonical(value, current) : canonical.apply(value);
        } catch (SettingValues.NotPermittedException notPermitted) {
            throw new ProblemException(Problem.of(
                    ProblemCode.SETTING_VALUE, "invalid value for parameter \"" + sqlName + "\"", notPermitted.hint()));
        }
    }

    static Optional<Setting> byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Setting setting : values()) {
            if (setting.sqlName.toLowerCase(Locale.ROOT).equals(lower)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    static Setting named(String name) {
        return byName(name)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemCode.SETTING_UNKNOWN, "unrecognized configuration parameter")));
    }
}
