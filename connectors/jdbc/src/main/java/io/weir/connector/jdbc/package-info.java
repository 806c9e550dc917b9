/**
 * What SQL sources share: a pool a project, and the watch that cancels what is interrupted or late.
 *
 * <p>In: a {@link javax.sql.DataSource} that makes connections. Out: borrowed connections under watch. Callers' threads borrow; one watching
 * thread a connector cancels. Fails with a classified {@link io.weir.connector.source.SourceException}.
 */
@NullMarked
package io.weir.connector.jdbc;

import org.jspecify.annotations.NullMarked;
