package io.weir.query.answer;

import java.time.Duration;
import java.time.ZoneId;

/**
 * Session settings that change what a statement returns.
 *
 * @param flags whether {@code _sdc} columns are added ({@code SET weir.flags = 'on'})
 * @param timeZone the session's time zone
 * @param timeout statement time-out; zero means the installation's own limit
 */
public record QueryOptions(boolean flags, ZoneId timeZone, Duration timeout) {}
