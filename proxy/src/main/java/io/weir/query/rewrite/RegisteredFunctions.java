package io.weir.query.rewrite;

import java.util.Set;

/** Names of source functions that generated texts may call. */
public final class RegisteredFunctions {
    private RegisteredFunctions() {}

    /** Lower-case names. */
    public static Set<String> names() {
        return PostgresExpressions.FUNCTIONS;
    }
}
