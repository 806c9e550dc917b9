package io.weir.connector.minio;

import io.weir.connector.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a bucket is.
 *
 * @param endpoint https URL of the store without path; plain http is refused
 * @param region region name
 * @param bucket bucket name
 * @param prefix key prefix without leading or trailing slash, may be empty
 * @param accessKey access key id
 * @param secretKey secret key
 * @param caFile PEM file with the authorities that are believed (no others then), or null for those of the Java platform
 * @param timeout to connect, and for every pause of the store while bytes flow
 */
public record MinioDestinationConfig(
        URI endpoint,
        String region,
        String bucket,
        String prefix,
        Secret accessKey,
        Secret secretKey,
        @Nullable Path caFile,
        Duration timeout) {
    public MinioDestinationConfig {
        if (!"https".equals(endpoint.getScheme())
                || endpoint.getHost() == null
                || endpoint.getUserInfo() != null
                || endpoint.getQuery() != null
                || !(endpoint.getPath().isEmpty() || endpoint.getPath().equals("/"))) {
            throw new IllegalArgumentException("the endpoint of a bucket is https://host[:port]");
        }
        if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new IllegalArgumentException("not a bucket name");
        }
        if (!prefix.isEmpty() && !prefix.matches("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")) {
            throw new IllegalArgumentException("a key prefix is [A-Za-z0-9_.-] parts with slashes between them");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("a bucket needs a time-out");
        }
    }
}
