package io.weir.release.request;

import io.weir.identity.PersonId;
import java.time.Instant;

/**
 * One checker's word on one request; a checker votes once.
 *
 * @param caseDigest what was voted on: the {@link CaseDigest} of the request
 */
public record Vote(PersonId checker, Ballot ballot, String caseDigest, Instant at) {}
