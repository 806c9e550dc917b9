/**
 * The three formats of {@code COPY … TO STDOUT}, byte for byte as PostgreSQL 16 writes them (src/backend/commands/copyto.c).
 *
 * <p>In: options, column labels, the values' text or binary forms as {@link io.weir.query.wire.type.TypeCodec} or a PostgreSQL server
 * wrote them. Out: CopyData messages on a {@link io.weir.query.wire.MessageOutput}. One thread. Nothing fails.
 */
@NullMarked
package io.weir.query.wire.copy;

import org.jspecify.annotations.NullMarked;
