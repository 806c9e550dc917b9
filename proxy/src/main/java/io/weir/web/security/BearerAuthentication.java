package io.weir.web.security;

import io.weir.identity.ApiToken;
import io.weir.identity.ApiTokens;
import io.weir.identity.PersonId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bearer tokens in the Authorization header only (RFC 6750 section 2.1); never in a URL or a body. Blocks. */
public final class BearerAuthentication {
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]{1,512}=*)");

    private final ApiTokens tokens;

    public BearerAuthentication(ApiTokens tokens) {
        this.tokens = tokens;
    }

    /** Who calls. */
    public sealed interface Result {
        record Known(PersonId person) implements Result {}

        /** No token of the right form was presented. */
        record Missing() implements Result {}

        /** A token that is not known, not any more or not yet. */
        record Unknown() implements Result {}
    }

    /**
     * @param authorization the header's value, or null
     * @throws io.weir.problem.ProblemException when the token store does not answer
     */
    public Result of(@Nullable String authorization) {
        if (authorization == null) {
            return new Result.Missing();
        }
        Matcher matcher = BEARER.matcher(authorization);
        if (!matcher.matches()) {
            return new Result.Missing();
        }
        return tokens.personOf(ApiToken.presented(matcher.group(1)))
                .<Result>map(Result.Known::new)
                .orElseGet(Result.Unknown::new);
    }
}
