/**
 * SQL text to a validated relational tree over one governed schema (design/query.md "The SQL front end").
 *
 * <p>In: the caller's text, a {@link io.weir.query.catalog.GovernedSchema}, parameter types. Out: {@link
 * io.weir.query.parse.ParsedQuery} or a problem with its position. Any thread may call; the work runs on large-stack threads of this
 * package's own and is bounded in size and time. Names outside the schema and functions outside {@link
 * io.weir.query.parse.PgOperators} do not exist here.
 */
@NullMarked
package io.weir.query.parse;

import org.jspecify.annotations.NullMarked;
