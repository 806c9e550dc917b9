/**
 * One file a PostgreSQL type: its text and its binary form, both ways, byte for byte as PostgreSQL 16 writes them (sources named in each
 * file: {@code src/backend/utils/adt}). Pure, immutable, any thread.
 *
 * <p>In: Java values of {@link io.weir.query.type.SqlType}, or bytes of a parameter. Out: bytes, or values. What may fail: a parameter that
 * cannot be read as its type is {@code INVALID_VALUE}, as a {@link io.weir.problem.ProblemException}; infinities and NaN are refused where
 * the Java class has no such value.
 */
@NullMarked
package io.weir.query.wire.type;

import org.jspecify.annotations.NullMarked;
