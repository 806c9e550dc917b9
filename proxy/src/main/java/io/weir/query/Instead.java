package io.weir.query;

import org.jspecify.annotations.Nullable;

/** What to write in place of functions that analysts are used to and that are not on the list. */
final class Instead {
    private Instead() {}

    /** A hint for the name of a function, in small letters; null where none is known. */
    static @Nullable String of(String function) {
        return switch (function) {
            case "string_agg", "array_agg", "json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg", "xmlagg" ->
                "A list of people's values leaves as a table: SELECT …, count(*) … GROUP BY that column.";
            case "json_build_object",
                    "jsonb_build_object",
                    "json_build_array",
                    "jsonb_build_array",
                    "row_to_json",
                    "to_json",
                    "to_jsonb",
                    "row" -> "Select the columns one by one; documents and arrays are built by the client.";
            case "md5", "sha224", "sha256", "sha384", "sha512", "hashtext", "digest", "hmac", "crypt" ->
                "Nothing is hashed: keys of rows that are granted are pseudonyms already, and count(DISTINCT …) counts them.";
            case "random", "setseed", "gen_random_uuid", "uuid_generate_v4" ->
                "Nothing is drawn by chance: choose rows by a condition, such as a month.";
            case "regexp_replace", "regexp_match", "regexp_matches", "regexp_substr", "regexp_count", "regexp_like" ->
                "Codes are chosen by how they begin: LIKE 'E11%', or x ~ '^(E10|E11)'.";
            case "make_interval" ->
                "Write the interval: interval '90 days'; whole days are added to a date as a number.";
            case "clock_timestamp", "statement_timestamp", "timeofday" -> "current_date is the day of the data.";
            default -> null;
        };
    }
}
