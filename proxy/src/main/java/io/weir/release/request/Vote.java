package io.weir.release.request;

import io.weir.identity.PersonId;
import java.time.Instant;

/**
 * One checker's word on one request; a checker votes once.
 *
 * @param digest content address of the frozen answer that was voted on
 */
public record Vote(PersonId checker, Ballot ballot, String digest, Instant at) {}
