package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Regular expressions and SIMILAR TO as a list of LIKE patterns one of which a text must match. Refuses what has no such list: repetitions of
 * anything but the dot, negated classes, back references. One instance a pattern; not thread-safe.
 */
final class Patterns {
    private static final int MOST = 200;
    private static final int MOST_CHARACTERS = 1_000;

    private final String pattern;
    private final boolean regular;
    private int at;

    private Patterns(String pattern, boolean regular) {
        this.pattern = pattern;
        this.regular = regular;
    }

    /** Of a regular expression, which may match anywhere in a text. */
    static List<String> ofRegularExpression(String pattern) {
        return new Patterns(pattern, true).read();
    }

    /** Of SIMILAR TO, which matches whole texts. */
    static List<String> ofSimilarTo(String pattern) {
        return new Patterns(pattern, false).read();
    }

    private List<String> read() {
        if (pattern.length() > MOST_CHARACTERS) {
            throw unsupported();
        }
        List<String> all = alternatives(0);
        if (at < pattern.length()) {
            throw unsupported();
        }
        return all.stream().distinct().toList();
    }

    private static RuntimeException unsupported() {
        return refuse(
                ProblemCode.UNSUPPORTED,
                "a pattern that is no list of beginnings",
                "Write the alternatives out, '^(E10|E11)' or SIMILAR TO '(E10|E11)%', or use LIKE: x LIKE 'E10%' OR x LIKE 'E11%'.");
    }

    private boolean has(char c) {
        return at < pattern.length() && pattern.charAt(at) == c;
    }

    /** @param depth how many brackets are open */
    private List<String> alternatives(int depth) {
        List<String> all = new ArrayList<>();
        while (true) {
            all.addAll(depth == 0 ? anchored() : sequence(depth));
            if (all.size() > MOST) {
                throw unsupported();
            }
            if (!has('|')) {
                return all;
            }
            at++;
        }
    }

    /** A regular expression looks for its match within the text, but for where ^ and $ stand. */
    private List<String> anchored() {
        if (!regular) {
            return sequence(0);
        }
        boolean start = has('^');
        at += start ? 1 : 0;
        List<String> within = sequence(0);
        boolean end = has('$');
        at += end ? 1 : 0;
        return within.stream()
                .map(w -> (start || w.startsWith("%") ? "" : "%") + w)
                .map(w -> w + (end || w.endsWith("%") && !w.endsWith("\\%") ? "" : "%"))
                .toList();
    }

    private List<String> sequence(int depth) {
        List<String> all = List.of("");
        while (at < pattern.length() && !has('|') && !(has(')') && depth > 0) && !(regular && has('$'))) {
            all = joined(all, repeated(depth));
        }
        return all;
    }

    private static List<String> joined(List<String> beginnings, List<String> ends) {
        if ((long) beginnings.size() * ends.size() > MOST) {
            throw unsupported();
        }
        List<String> all = new ArrayList<>();
        beginnings.forEach(b -> ends.forEach(e -> all.add(b + e)));
        return all;
    }

    /** One element, and what follows it. */
    private List<String> repeated(int depth) {
        List<String> element = element(depth);
        boolean any = element.equals(List.of("_"));
        if (has('?')) {
            at++;
            if (has('?')) {
                throw unsupported();
            }
            List<String> optional = new ArrayList<>(element);
            optional.add("");
            return optional;
        }
        if (any && regular && (has('*') || has('+'))) {
            boolean one = has('+');
            at++;
            if (has('?') || has('+') || has('*')) {
                throw unsupported();
            }
            return List.of(one ? "_%" : "%");
        }
        if (has('*') || has('+') || has('{')) {
            throw unsupported();
        }
        return element;
    }

    private List<String> element(int depth) {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '(' -> {
                if (has('?')) {
                    if (!regular || !pattern.startsWith("?:", at)) {
                        throw unsupported();
                    }
                    at += 2;
                }
                List<String> inner = alternatives(depth + 1);
                if (!has(')')) {
                    throw unsupported();
                }
                at++;
                yield inner;
            }
            case '[' -> characters();
            case '\\' -> escaped();
            case '.' -> regular ? List.of("_") : List.of(".");
            case '%' -> List.of(regular ? "\\%" : "%");
            case '_' -> List.of(regular ? "\\_" : "_");
            case '^', '$', ')', ']', '{', '}', '*', '+', '?' -> {
                if (regular || c != '^' && c != '$') {
                    throw unsupported();
                }
                yield List.of(String.valueOf(c));
            }
            default -> List.of(String.valueOf(c));
        };
    }

    private List<String> escaped() {
        if (at >= pattern.length()) {
            throw unsupported();
        }
        char c = pattern.charAt(at++);
        if (c == 'd' && regular) {
            return List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        }
        if (Character.isLetterOrDigit(c)) {
            throw unsupported();
        }
        return List.of(literal(c));
    }

    /** A character that stands for itself in LIKE. */
    private static String literal(char c) {
        return c == '%' || c == '_' || c == '\\' ? "\\" + c : String.valueOf(c);
    }

    /** One of several characters; ranges of letters and digits only. */
    private List<String> characters() {
        List<String> all = new ArrayList<>();
        while (at < pattern.length() && (!has(']') || all.isEmpty())) {
            char c = pattern.charAt(at++);
            if (c == '^' || c == '[' || c == ']' || c == '\\' || c > '~') {
                throw unsupported();
            }
            if (has('-') && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']') {
                char last = pattern.charAt(at + 1);
                boolean alike = Character.isDigit(c) && Character.isDigit(last)
                        || Character.isUpperCase(c) && Character.isUpperCase(last)
                        || Character.isLowerCase(c) && Character.isLowerCase(last);
                if (!alike || last < c) {
                    throw unsupported();
                }
                for (char x = c; x <= last; x++) {
                    all.add(literal(x));
                }
                at += 2;
            } else {
                all.add(literal(c));
            }
        }
        if (!has(']')) {
            throw unsupported();
        }
        at++;
        return all;
    }
}
