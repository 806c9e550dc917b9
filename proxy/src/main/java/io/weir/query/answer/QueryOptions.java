package io.weir.query.answer;

import java.time.Duration;
import java.time.ZoneId;

/**
 * How a statement is asked: session settings that change what it returns, and in which messages it leaves.
 *
 * @param flags whether {@code _sdc} columns are added ({@code SET weir.flags = 'on'})
 * @param timeZone the session's time zone
 * @param timeout statement time-out; zero means the installation's own limit
 * @param copied whether it leaves by {@code COPY … TO STDOUT}, which changes nothing but the audit record
 */
public record QueryOptions(boolean flags, ZoneId timeZone, Duration timeout, boolean copied) {
    /** For rows. */
    public QueryOptions(boolean flags, ZoneId timeZone, Duration timeout) {
        this(flags, timeZone, timeout, false);
    }

    /** The same for a copy. */
    public QueryOptions forCopy() {
        return new QueryOptions(flags, timeZone, timeout, true);
    }
}
