package io.weir.query.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists of texts inside a text, so that they can be read again whatever is in them, but for a name that no other text begins with. */
record Nested(String name, List<List<String>> lists) {
    private static final char MARK = '\u001c';
    private static final char OPEN = '(';
    private static final char NEXT = ',';
    private static final char LIST = ';';
    private static final char CLOSE = ')';

    static String write(String name, List<List<String>> lists) {
        StringBuilder out = new StringBuilder().append(MARK).append(OPEN).append(name);
        for (List<String> list : lists) {
            out.append(MARK).append(LIST);
            list.forEach(text -> out.append(MARK).append(NEXT).append(text));
        }
        return out.append(MARK).append(CLOSE).toString();
    }

    static Optional<Nested> read(String text) {
        if (text.length() < 2 || text.charAt(0) != MARK || text.charAt(1) != OPEN) {
            return Optional.empty();
        }
        String name = null;
        List<List<String>> lists = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean inText = true;
        int depth = 1;
        for (int i = 2; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != MARK) {
                part.append(c);
                continue;
            }
            if (++i == text.length()) {
                return Optional.empty();
            }
            char mark = text.charAt(i);
            depth += mark == OPEN ? 1 : mark == CLOSE ? -1 : 0;
            if (depth == 0 && i < text.length() - 1) {
                return Optional.empty(); // something follows
            }
            if (depth > 1 || depth == 1 && mark == CLOSE) {
                part.append(MARK).append(mark);
                continue;
            }
            if (name == null) {
                name = part.toString();
            } else if (inText) {
                lists.getLast().add(part.toString());
            }
            part.setLength(0);
            inText = mark == NEXT;
            if (mark == LIST) {
                lists.add(new ArrayList<>());
            }
        }
        return name == null || depth != 0 ? Optional.empty() : Optional.of(new Nested(name, lists));
    }
}
