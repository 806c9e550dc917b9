package io.weir.query;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code CALL weir.request_release(query => $$…$$, title => '…', purpose_note => '…', destination => '…')}. Arguments are named, in any
 * order, string constants in quotes or dollar quotes.
 */
record ReleaseCall(String query, String title, String purposeNote, String destination) {
    private static final Set<String> ARGUMENTS = Set.of("query", "title", "purpose_note", "destination");
    private static final String USAGE =
            "CALL weir.request_release(query => $$SELECT …$$, title => '…', purpose_note => '…', destination => '…');";

    /** Empty when the statement is no CALL at all. */
    static Optional<ReleaseCall> read(String sql) {
        Reader reader = new Reader(sql);
        if (!reader.word().equals("call")) {
            return Optional.empty();
        }
        if (!reader.word().equals("weir") || !reader.take('.') || !reader.word().equals("request_release")) {
            throw Problem.of(ProblemCode.UNSUPPORTED, "only weir.request_release can be called", USAGE)
                    .asException();
        }
        reader.expect('(');
        Map<String, String> values = new HashMap<>();
        do {
            String name = reader.word();
            if (!ARGUMENTS.contains(name) || values.containsKey(name)) {
                throw Problem.of(ProblemCode.SYNTAX, "an argument is unknown or given twice", USAGE)
                        .asException();
            }
            if (!reader.take('=') || !reader.take('>')) {
                throw Problem.of(ProblemCode.SYNTAX, "arguments are written name => 'text'", USAGE)
                        .asException();
            }
            values.put(name, reader.text());
        } while (reader.take(','));
        reader.expect(')');
        reader.take(';');
        reader.end();
        for (String argument : ARGUMENTS) {
            if (!values.containsKey(argument)) {
                throw Problem.of(ProblemCode.SYNTAX, "the argument %s is missing".formatted(argument), USAGE)
                        .asException();
            }
        }
        return Optional.of(new ReleaseCall(
                values.getOrDefault("query", ""),
                values.getOrDefault("title", ""),
                values.getOrDefault("purpose_note", ""),
                values.getOrDefault("destination", "")));
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        private void skip() {
            while (at < text.length()) {
                if (Character.isWhitespace(text.charAt(at))) {
                    at++;
                } else if (text.startsWith("--", at)) {
                    int end = text.indexOf('\n', at);
                    at = end < 0 ? text.length() : end;
                } else if (text.startsWith("/*", at)) {
                    int end = text.indexOf("*/", at + 2);
                    at = end < 0 ? text.length() : end + 2;
                } else {
                    return;
                }
            }
        }

        String word() {
            skip();
            int start = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            return text.substring(start, at).toLowerCase(Locale.ROOT);
        }

        boolean take(char c) {
            skip();
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        void expect(char c) {
            if (!take(c)) {
                throw Problem.of(ProblemCode.SYNTAX, "'%s' was expected".formatted(c), USAGE)
                        .asException();
            }
        }

        void end() {
            skip();
            if (at < text.length()) {
                throw Problem.of(ProblemCode.SYNTAX, "something follows the call", USAGE)
                        .asException();
            }
        }

        String text() {
            skip();
            if (take('\'')) {
                StringBuilder out = new StringBuilder();
                while (at < text.length()) {
                    char c = text.charAt(at++);
                    if (c != '\'') {
                        out.append(c);
                    } else if (at < text.length() && text.charAt(at) == '\'') {
                        out.append('\'');
                        at++;
                    } else {
                        return out.toString();
                    }
                }
            } else if (at < text.length() && text.charAt(at) == '$') {
                int tagEnd = text.indexOf('$', at + 1);
                if (tagEnd > 0) {
                    String tag = text.substring(at, tagEnd + 1);
                    int end = text.indexOf(tag, tagEnd + 1);
                    if (end > 0) {
                        at = end + tag.length();
                        return text.substring(tagEnd + 1, end);
                    }
                }
            }
            throw Problem.of(ProblemCode.SYNTAX, "a text in quotes was expected", USAGE)
                    .asException();
        }
    }
}
