package io.weir.disclosure.evidence;

/**
 * Evidence that only some figures or some profiles need. A figure has at most one of each kind; a check that needs one that is not there asks
 * for a review.
 */
public sealed interface Particular
        permits Holdings, MissingUnits, NonZeroUnits, Requests, SampledContributions, StatisticEvidence {}
