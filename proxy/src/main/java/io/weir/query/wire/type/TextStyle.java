package io.weir.query.wire.type;

import java.time.ZoneId;

/**
 * Session settings that change text forms.
 *
 * @param zone TimeZone: how {@code timestamptz} prints and how an input without offset is read
 * @param extraFloatDigits above 0: shortest digits that read back exactly; otherwise that many digits off the type's 15 (float8) or 6
 *     (float4), −15 to 0
 */
public record TextStyle(ZoneId zone, int extraFloatDigits) {}
