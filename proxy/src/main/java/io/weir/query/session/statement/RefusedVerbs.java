package io.weir.query.session.statement;

import org.jspecify.annotations.Nullable;

/** What to do instead of a statement that Weir never serves. */
final class RefusedVerbs {
    private RefusedVerbs() {}

    static @Nullable String hint(String verb) {
        return switch (verb) {
            case "explain" ->
                "There is no plan to show. What a statement would be refused for, weir policy explain tells without running it.";
            case "prepare", "execute" ->
                "Send the statement itself, or prepare it with your driver: its prepared statements work and have parameters.";
            case "listen", "unlisten", "notify" ->
                "There are no notifications; ask again when you need news. Requests for release are listed by weir.my_releases.";
            case "do" -> "Send the statements one by one; loops and variables belong into your own program.";
            case "load", "checkpoint" -> "Nothing of the server can be changed by a client; leave the statement out.";
            case "commit" -> "Two-phase commit is not needed where nothing is written; use COMMIT.";
            case "create" ->
                "Temporary tables and views are not possible; use WITH, or keep the result in your own program.";
            case "lock", "vacuum", "analyze", "cluster", "reindex", "refresh" ->
                "Nothing needs it here; leave the statement out.";
            case "insert", "update", "delete", "merge", "truncate" ->
                "Data comes in through the source, by its owners. Calculate in a SELECT, or in your own program.";
            case "grant", "revoke", "security", "reassign" ->
                "Access is granted by policy; ask the data owner named there.";
            default -> null;
        };
    }
}
