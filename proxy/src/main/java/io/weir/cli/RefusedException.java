package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.text.Printable;

/** The installation said no: ends a command with {@link ExitCode#NO}. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient JsonNode problem;

    RefusedException(JsonNode problem) {
        super("refused");
        this.problem = problem;
    }

    /** {@code application/problem+json}. */
    JsonNode problem() {
        return problem;
    }

    /** Sentence, detail, hint and the single problems, a line each. */
    String sentences() {
        StringBuilder out =
                new StringBuilder(Printable.line(problem.path("title").asText()));
        for (String field : new String[] {"detail", "hint"}) {
            if (problem.hasNonNull(field)) {
                out.append(System.lineSeparator())
                        .append("  ")
                        .append(field)
                        .append(": ")
                        .append(Printable.line(problem.get(field).asText()));
            }
        }
        for (JsonNode one : problem.path("problems")) {
            out.append(System.lineSeparator()).append("  ").append(where(one));
        }
        return out.toString();
    }

    /** As {@code policy check} prints it. */
    private static String where(JsonNode problem) {
        int line = problem.path("line").asInt();
        String path = problem.path("path").asText();
        String remedy = problem.path("remedy").asText();
        return Printable.line(problem.path("file").asText()
                + (line == 0 ? "" : ":" + line)
                + (path.isEmpty() ? "" : ": " + path)
                + ": " + problem.path("message").asText()
                + (remedy.isEmpty() ? "" : " (" + remedy + ")"));
    }
}
