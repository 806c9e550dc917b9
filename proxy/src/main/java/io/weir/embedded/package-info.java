/**
 * PostgreSQL clusters of our own: unpacked from Maven artifacts, started, watched and stopped by Weir. They serve the shadow catalogue
 * (Unix socket only), the quickstart's control store and the tests (loopback with SCRAM).
 *
 * <p>In: {@link io.weir.embedded.ClusterConfig}. Out: {@link io.weir.embedded.PostgresCluster}, a handle on a running server. Calls block
 * and may come from any thread. What may fail (no binaries for this platform, a directory in use, root without user namespaces, a server
 * that does not come up) is an {@link io.weir.embedded.EmbeddedPostgresException} whose message is for the operator, never for a client.
 *
 * <p>A production installation points at a PostgreSQL that it operates itself and never enters this package.
 */
@NullMarked
package io.weir.embedded;

import org.jspecify.annotations.NullMarked;
