/**
 * The demo hospital: synthetic, plausible, the same for the same seed. No person, place or provider in it exists; NHS numbers come from
 * the range 999 that is reserved for tests.
 *
 * <p>In: a PostgreSQL database without schema {@code hospital}, a seed and sizes. Out: the filled schema and a digest of every table.
 * Blocks; one caller, one or two connections. Fails with {@link java.sql.SQLException} and leaves nothing behind (one transaction).
 */
@NullMarked
package io.weir.demo.data;

import org.jspecify.annotations.NullMarked;
