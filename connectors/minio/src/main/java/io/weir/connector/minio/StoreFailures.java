package io.weir.connector.minio;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.ServerException;
import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.DestinationException.Kind;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What a failure of the client library means to a delivery. */
final class StoreFailures {
    private static final Set<String> PASSING = Set.of(
            "SlowDown",
            "ServiceUnavailable",
            "InternalError",
            "RequestTimeout",
            "OperationAborted",
            "ConditionalRequestConflict",
            "IncompleteBody",
            "BadDigest",
            "XAmzContentSHA256Mismatch",
            "TooManyRequests");

    private StoreFailures() {}

    static DestinationException of(String what, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DestinationException known) {
                return known;
            }
            // Not every SSLHandshakeException: a connection that is cut during the handshake is one too, and passes.
            if (cause instanceof SSLPeerUnverifiedException || cause instanceof CertificateException) {
                return new DestinationException(
                        Kind.IDENTITY, what + ": the store's certificate is not believed", failure);
            }
            if (cause instanceof ErrorResponseException answer) {
                String code = answer.errorResponse().code();
                int status = answer.response().code();
                Kind kind = status >= 500 || status == 429 || PASSING.contains(code) ? Kind.TRANSIENT : Kind.DENIED;
                return new DestinationException(kind, what + ": the store answered " + status + " " + code, failure);
            }
            if (cause instanceof ServerException answer) {
                return new DestinationException(
                        Kind.TRANSIENT, what + ": the store answered " + answer.statusCode(), failure);
            }
        }
        String words =
                failure instanceof IOException ? ": the store cannot be reached" : ": no usable answer of the store";
        return new DestinationException(Kind.TRANSIENT, what + words, failure);
    }

    /** The HTTP status of the store's answer, 0 when there was none. */
    static int status(Throwable failure) {
        ErrorResponseException answer = answer(failure);
        return answer == null ? 0 : answer.response().code();
    }

    static boolean isMissingObject(Throwable failure) {
        ErrorResponseException answer = answer(failure);
        return answer != null && answer.errorResponse().code().equals("NoSuchKey");
    }

    private static @Nullable ErrorResponseException answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ErrorResponseException answer) {
                return answer;
            }
        }
        return null;
    }
}
