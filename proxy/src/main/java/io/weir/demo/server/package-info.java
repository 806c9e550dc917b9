/**
 * Destinations for the quickstart and for tests, in this JVM and on loopback only: a bucket over TLS and an SFTP server.
 *
 * <p>In: a state directory, a port, credentials. Out: addresses, the pinned key, the authority's file; files under the state directory. Threads are the
 * servers' own. Starting may fail with IOException. Never part of a production set-up: nothing here is durable, quota'd or hardened beyond loopback.
 */
@NullMarked
package io.weir.demo.server;

import org.jspecify.annotations.NullMarked;
