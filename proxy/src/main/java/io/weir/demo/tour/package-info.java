/**
 * The walk through Weir's whole job with real clients: pgjdbc over TLS, HTTPS, an S3 client, an SFTP client, the offline verifier. In:
 * {@link io.weir.demo.tour.Connections}. Out: printed steps and whether all of them held. It knows nothing of the proxy's inside.
 */
@NullMarked
package io.weir.demo.tour;

import org.jspecify.annotations.NullMarked;
