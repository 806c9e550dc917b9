/**
 * The catalogue an analyst sees: the governed schema as a value, and the shadow catalogue, a real PostgreSQL of our own that holds only
 * empty tables of that shape (design/query.md "The shadow catalogue").
 *
 * <p>In: catalogue statements and protocol messages of a session. Out: the shadow's own answers; types of data statements. Nothing here
 * ever reaches a source.
 */
@NullMarked
package io.weir.query.catalog;

import org.jspecify.annotations.NullMarked;
