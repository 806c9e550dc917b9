package io.weir.web.api;

import io.weir.identity.PersonId;

/**
 * An authenticated caller.
 *
 * @param correlation id of the request, the session id of what it does
 * @param address the client's
 */
public record Caller(PersonId person, String correlation, String address) {}
