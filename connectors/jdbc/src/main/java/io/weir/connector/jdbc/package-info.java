/**
 * What SQL sources share: connections that are made alike, a pool a project, runs of one statement each, and the watch that cancels what is interrupted or late. A source brings a
 * driver's words ({@link io.weir.connector.jdbc.Conversation}) and what its errors mean ({@link io.weir.connector.jdbc.Failures}).
 *
 * <p>In: a {@link javax.sql.DataSource} that makes connections. Out: borrowed connections under watch. Callers' threads borrow; one watching
 * thread a connector cancels. Fails with a classified {@link io.weir.connector.source.SourceException}.
 */
@NullMarked
package io.weir.connector.jdbc;

import org.jspecify.annotations.NullMarked;
