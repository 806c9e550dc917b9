package io.weir.disclosure.acro;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One output of {@code results.json}.
 *
 * @param uid unique among the outputs; also the beginning of its files' names: letters, digits, {@code . _ -}
 * @param status of the output
 * @param type what it is: {@code table}, {@code regression}, {@code survival plot}, {@code histogram}, {@code custom}
 * @param properties method and mitigation, and whatever ACRO writes for the type
 * @param files names of its files
 * @param sdc findings as ACRO attaches them to every file: summary and cells
 * @param outcome findings cell by cell, by column and row
 * @param command what was asked
 * @param summary one line for people
 * @param timestamp local date and time of ISO 8601, as Python writes it: {@code 2026-11-27T04:20:00.000123}
 * @param comments for the checker
 * @param exception why it should be released although it did not pass; empty when nothing is asked for
 * @param fair how the checks came about
 */
public record AcroOutput(
        String uid,
        AcroStatus status,
        String type,
        Json.Fields properties,
        List<String> files,
        Json.Fields sdc,
        Json.Fields outcome,
        String command,
        String summary,
        String timestamp,
        List<String> comments,
        String exception,
        Json.Fields fair) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?");

    public AcroOutput {
        files = List.copyOf(files);
        comments = List.copyOf(comments);
        if (!NAME.matcher(uid).matches()
                || !files.stream().allMatch(file -> NAME.matcher(file).matches())) {
            throw new IllegalArgumentException("Outputs and files have plain names: " + uid);
        }
        if (!ISO.matcher(timestamp).matches()) {
            throw new IllegalArgumentException("A timestamp is a local date and time: " + timestamp);
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("ACRO cannot load an output without a file: " + uid);
        }
    }

    /** The same output with the reason why it should be released. */
    public AcroOutput asking(String reason) {
        return new AcroOutput(
                uid,
                status,
                type,
                properties,
                files,
                sdc,
                outcome,
                command,
                summary,
                timestamp,
                comments,
                reason,
                fair);
    }

    /** In the order in which ACRO writes them. */
    Json json() {
        Map<String, Json> fields = new LinkedHashMap<>();
        fields.put("uid", Json.of(uid));
        fields.put("status", Json.of(status.word()));
        fields.put("type", Json.of(type));
        fields.put("properties", properties);
        fields.put("files", new Json.Items(files.stream().map(this::file).toList()));
        fields.put("outcome", outcome);
        fields.put("command", Json.of(command));
        fields.put("summary", Json.of(summary));
        fields.put("timestamp", Json.of(timestamp));
        fields.put("comments", Json.of(comments));
        fields.put("exception", Json.of(exception));
        fields.put("fair", fair);
        return new Json.Fields(fields);
    }

    private Json file(String name) {
        Map<String, Json> fields = new LinkedHashMap<>();
        fields.put("name", Json.of(name));
        fields.put("sdc", sdc);
        return new Json.Fields(fields);
    }
}
