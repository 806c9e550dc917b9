package io.weir.connector.minio;

import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.HeadObjectArgs;
import io.minio.HeadObjectResponse;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectAPIArgs;
import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.DestinationException.Kind;
import io.weir.connector.destination.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The three requests that a delivery needs. Thread-safe, blocking. */
final class ObjectStore implements AutoCloseable {
    private static final String CHECKSUM = "x-amz-checksum-sha256";

    /** What a put met. */
    enum Put {
        WRITTEN,
        EXISTS,
        /** The store does not know the condition. */
        CONDITION_REFUSED
    }

    /**
     * What lies under a key.
     *
     * @param size in bytes
     * @param sha256 lower-case hex as the store says, or null when it does not
     */
    record Found(long size, @Nullable String sha256) {}

    private final MinioAsyncClient client;
    private final OkHttpClient http;
    private final ExecutorService senders;
    private final String bucket;

    ObjectStore(MinioDestinationConfig config) {
        this.bucket = config.bucket();
        this.senders = Executors.newVirtualThreadPerTaskExecutor();
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher(senders))
                .connectTimeout(config.timeout())
                .readTimeout(config.timeout())
                .writeTimeout(config.timeout())
                .followRedirects(false)
                .followSslRedirects(false);
        Path caFile = config.caFile();
        if (caFile != null) {
            TrustedAuthorities trusted = TrustedAuthorities.of(caFile);
            builder.sslSocketFactory(trusted.context().getSocketFactory(), trusted.manager());
        }
        this.http = builder.build();
        this.client = MinioAsyncClient.builder()
                .endpoint(config.endpoint().toString())
                .region(config.region())
                .credentials(config.accessKey().reveal(), config.secretKey().reveal())
                .httpClient(http)
                .build();
    }

    /** Puts a file in one request, with its digest in the signature and as the object's checksum. */
    Put put(String key, Path file, long size, String sha256, boolean onlyIfAbsent) throws DestinationException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            return put(body(key).file(open, size), sha256, onlyIfAbsent);
        } catch (IOException e) {
            throw new DestinationException(Kind.TRANSIENT, "the file to deliver cannot be read", e);
        }
    }

    /** Puts bytes. */
    Put put(String key, byte[] content, boolean onlyIfAbsent) throws DestinationException {
        return put(body(key).data(content, content.length), Sha256.of(content), onlyIfAbsent);
    }

    private PutObjectAPIArgs.Builder body(String key) {
        return PutObjectAPIArgs.builder().bucket(bucket).object(key).contentType("application/octet-stream");
    }

    private Put put(PutObjectAPIArgs.Builder request, String sha256, boolean onlyIfAbsent) throws DestinationException {
        Http.Headers headers = new Http.Headers();
        headers.put("x-amz-content-sha256", sha256);
        headers.put("x-amz-sdk-checksum-algorithm", "SHA256");
        headers.put(CHECKSUM, Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)));
        if (onlyIfAbsent) {
            headers.put("If-None-Match", "*");
        }
        try {
            await(client.putObject(request.headers(headers).build()));
            return Put.WRITTEN;
        } catch (ExecutionException e) {
            return switch (StoreFailures.status(e)) {
                case 412 -> Put.EXISTS;
                case 501 -> Put.CONDITION_REFUSED;
                default -> throw StoreFailures.of("put", e);
            };
        }
    }

    /** Size and checksum, or null when nothing lies there. */
    @Nullable
    Found head(String key) throws DestinationException {
        try {
            HeadObjectResponse answer = await(client.headObject(HeadObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .fetchChecksum(true)
                    .build()));
            String checksum = answer.headers().get(CHECKSUM);
            return new Found(answer.size(), checksum == null ? null : hex(checksum));
        } catch (ExecutionException e) {
            if (StoreFailures.isMissingObject(e)) {
                return null;
            }
            throw StoreFailures.of("look", e);
        }
    }

    private static @Nullable String hex(String base64) {
        try {
            byte[] digest = Base64.getDecoder().decode(base64);
            return digest.length == 32 ? HexFormat.of().formatHex(digest) : null;
        } catch (IllegalArgumentException e) {
            // A digest of parts ("…-3") says nothing about the whole.
            return null;
        }
    }

    /** Reads the whole object and gives its SHA-256. */
    String readBack(String key) throws DestinationException {
        try (GetObjectResponse in = await(client.getObject(
                GetObjectArgs.builder().bucket(bucket).object(key).build()))) {
            return Sha256.of(in);
        } catch (ExecutionException | IOException e) {
            throw StoreFailures.of("read back", e);
        }
    }

    private static <T> T await(CompletableFuture<T> answer) throws ExecutionException, DestinationException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new DestinationException(Kind.TRANSIENT, "interrupted during a delivery", e);
        }
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
        senders.shutdownNow();
    }
}
