/**
 * An S3-compatible bucket as a destination.
 *
 * <p>In: a parcel of encrypted files. Out: a receipt, once every object was put under a condition (RFC 9110 If-None-Match: *) with its SHA-256 and
 * read back. Blocks the calling thread; bodies are sent by virtual threads. Fails with a classified
 * {@link io.weir.connector.destination.DestinationException}. What the store cannot do is probed, not assumed: see
 * {@link io.weir.connector.minio.StoreCapabilities}.
 */
@NullMarked
package io.weir.connector.minio;

import org.jspecify.annotations.NullMarked;
