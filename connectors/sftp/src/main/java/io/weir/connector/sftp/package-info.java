/**
 * A directory on an SFTP server as a destination.
 *
 * <p>In: a parcel of encrypted files. Out: a receipt, once every file was written under a passing name, read back, and renamed without overwriting.
 * Blocks the calling thread. Fails with a classified {@link io.weir.connector.destination.DestinationException}. The server's key is pinned whole;
 * there is no trust on first use and no password.
 */
@NullMarked
package io.weir.connector.sftp;

import org.jspecify.annotations.NullMarked;
