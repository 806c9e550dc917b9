/**
 * A responder that speaks enough of TDS ([MS-TDS], 7.4 and 8.0) for Microsoft's driver, over a JDBC backend. In: packets. Out: packets; whatever the
 * backend answers. It proves what the connector does with the driver and nothing about SQL Server. One thread reads and one answers, a connection.
 */
@NullMarked
package io.weir.connector.sqlserver.tds;

import org.jspecify.annotations.NullMarked;
