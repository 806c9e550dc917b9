/**
 * Attacks on the query road, listed and grown: the same statement in worlds that differ in whose secret is whose. Nothing that an analyst can see
 * may differ.
 */
@NullMarked
package io.weir.query.redteam;

import org.jspecify.annotations.NullMarked;
