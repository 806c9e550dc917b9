package io.weir.query.rewrite;

import java.util.Set;

/** Names of source functions that generated texts may call. */
public final class RegisteredFunctions {
    private RegisteredFunctions() {}

    /** Lower-case names that texts of a dialect may hold. */
    public static Set<String> names(SqlDialect dialect) {
        return Dialect.of(dialect).functions();
    }
}
