/**
 * What a source of rows is, to the proxy. JDK only. Implementations are chosen in the composition root.
 *
 * <p>Contract, verified by {@code SourceConnectorContract} of the test kit: read-only, one statement a call, values only as binds,
 * time-outs and cancellation honoured, no text of the source in any message a client could see.
 */
@NullMarked
package io.weir.connector.source;

import org.jspecify.annotations.NullMarked;
