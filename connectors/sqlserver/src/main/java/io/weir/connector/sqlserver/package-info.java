/**
 * SQL Server as a source of rows, over TDS 8.0.
 *
 * <p>In: a {@link io.weir.connector.source.SourceStatement} in Transact-SQL, its values beside the text. Out: a stream of rows in natural Java
 * classes. Runs on the caller's thread; one watching thread a connector cancels what is interrupted or late. Fails with a classified
 * {@link io.weir.connector.source.SourceException} and in no other way.
 *
 * <p>SQL Server has no read-only transactions: that nothing is written rests on the role, which may read only, on the text, which is one SELECT,
 * and on the transaction, which is always rolled back. A connection to which a cancel was sent, or that failed in any way but a plain SQL error,
 * is closed and not used again.
 *
 * <p>Never run on a SQL Server: tested with Microsoft's driver against a responder of our own that speaks TDS over another database.
 */
@NullMarked
package io.weir.connector.sqlserver;

import org.jspecify.annotations.NullMarked;
