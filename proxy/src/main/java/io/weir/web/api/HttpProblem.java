package io.weir.web.api;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure as clients see it: {@code application/problem+json} (RFC 9457).
 *
 * @param status HTTP status
 * @param code a {@link ProblemCode}, or one of HTTP's own: NOT_FOUND, METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE,
 *     MALFORMED_JSON, BUSY; beside it the API says POLICY_REJECTED
 * @param title the public sentence
 * @param position 1-based character position in the query, 0 when unknown
 * @param headers to send with it
 */
public record HttpProblem(
        int status,
        String code,
        String title,
        @Nullable String detail,
        @Nullable String hint,
        int position,
        Map<String, String> headers) {
    /** Where the status is not that of the code's kind. */
    private static final Map<ProblemCode, Integer> STATUS = Map.of(
            ProblemCode.AUTHENTICATION_FAILED, 401,
            ProblemCode.NOT_PERMITTED, 403,
            ProblemCode.NOT_A_MEMBER, 403,
            ProblemCode.AGREEMENT_INACTIVE, 403,
            ProblemCode.WRONG_STATE, 409,
            ProblemCode.STATEMENT_TOO_COMPLEX, 422,
            ProblemCode.STATEMENT_TOO_LONG, 422,
            ProblemCode.RESULT_TOO_LARGE, 422,
            ProblemCode.AUDIT_UNAVAILABLE, 503);

    public HttpProblem {
        headers = Map.copyOf(headers);
    }

    public static HttpProblem of(Problem problem) {
        return new HttpProblem(
                status(problem.code()),
                problem.code().name(),
                problem.code().sentence(),
                problem.detail(),
                problem.hint(),
                problem.position(),
                Map.of());
    }

    private static int status(ProblemCode code) {
        Integer own = STATUS.get(code);
        if (own != null) {
            return own;
        }
        return switch (code.kind()) {
            case ANALYST, POLICY -> 422;
            case CAPACITY, SOURCE -> 503;
            case INTERNAL -> 500;
        };
    }

    /** The same for ids that do not exist and ids that the caller may not know of. */
    public static HttpProblem noSuchRequest() {
        return own(404, "NOT_FOUND", "There is no such request that this person may see.", null);
    }

    static HttpProblem noSuchPath() {
        return own(404, "NOT_FOUND", "Nothing answers at this path.", null);
    }

    static HttpProblem noSuchMethod(String permitted) {
        HttpProblem problem =
                own(405, "METHOD_NOT_ALLOWED", "This path does not answer to this method.", "permitted: " + permitted);
        return problem.with("Allow", permitted);
    }

    static HttpProblem mediaType() {
        return own(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json in UTF-8.", null);
    }

    public static HttpProblem bodyTooLarge(int limit) {
        return own(413, "BODY_TOO_LARGE", "The body is too large.", "at most " + limit + " bytes are read");
    }

    static HttpProblem malformed(String detail) {
        return own(400, "MALFORMED_JSON", "The body is not one JSON object.", detail);
    }

    static HttpProblem invalid(String detail) {
        return of(Problem.of(ProblemCode.INVALID_VALUE))
                .withTitle("A field of the body is not as it should be.", detail);
    }

    public static HttpProblem busy() {
        return own(503, "BUSY", "Too many requests are being worked on; try again.", null)
                .with("Retry-After", "1");
    }

    /** @param challenge value of WWW-Authenticate */
    public static HttpProblem unauthorised(String challenge, String detail) {
        return of(Problem.of(ProblemCode.AUTHENTICATION_FAILED, detail)).with("WWW-Authenticate", challenge);
    }

    private static HttpProblem own(int status, String code, String title, @Nullable String detail) {
        return new HttpProblem(status, code, title, detail, null, 0, Map.of());
    }

    private HttpProblem with(String header, String value) {
        return new HttpProblem(status, code, title, detail, hint, position, Map.of(header, value));
    }

    private HttpProblem withTitle(String newTitle, String newDetail) {
        return new HttpProblem(status, code, newTitle, newDetail, hint, position, headers);
    }

    public HttpProblemException asException() {
        return new HttpProblemException(this);
    }

    public Reply reply(String correlation) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("title", title);
        body.put("status", status);
        body.put("code", code);
        if (detail != null) {
            body.put("detail", detail);
        }
        if (hint != null) {
            body.put("hint", hint);
        }
        if (position > 0) {
            body.put("position", position);
        }
        body.put("correlation", correlation);
        return Reply.json(status, "application/problem+json", headers, body);
    }
}
