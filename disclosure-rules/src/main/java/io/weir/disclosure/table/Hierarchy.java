package io.weir.disclosure.table;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A tree of codes: what is counted under a code is counted once under one of its parts. Branches need not be equally deep, and a code may have
 * a single part.
 *
 * <pre>{@code
 * Hierarchy.flat("England", "North", "South").split("North", "Leeds", "York")
 * // England = North + South, North = Leeds + York
 * }</pre>
 *
 * @param total the code at the top
 * @param parts the parts of each code that has some, in any order; codes without are leaves
 */
public record Hierarchy(String total, Map<String, List<String>> parts) {
    public Hierarchy {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        parts.forEach((code, below) -> copy.put(code, List.copyOf(below)));
        parts = Map.copyOf(copy);
        if (parts.values().stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("A code without parts is a leaf");
        }
        List<String> below = parts.values().stream().flatMap(Collection::stream).toList();
        Set<String> distinct = new HashSet<>(below);
        if (distinct.size() < below.size() || distinct.contains(total)) {
            throw new IllegalArgumentException("In a hierarchy each code is part of one code, and the total of none");
        }
        // Each code has one parent, so what cannot be reached from the total hangs nowhere or in a circle.
        if (codes(total, parts).size() != distinct.size() + 1) {
            throw new IllegalArgumentException("A hierarchy has one total, which everything is part of");
        }
    }

    /** A total and its parts; without parts, a code that is not divided. */
    public static Hierarchy flat(String total, String... codes) {
        return new Hierarchy(total, codes.length == 0 ? Map.of() : Map.of(total, List.of(codes)));
    }

    /**
     * From a code list that names the parent of each code.
     *
     * @param parents by code; the total is the only parent that is no code itself
     */
    public static Hierarchy ofParents(Map<String, String> parents) {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        parents.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> parts.merge(
                        entry.getValue(),
                        List.of(entry.getKey()),
                        (known, more) ->
                                Stream.concat(known.stream(), more.stream()).toList()));
        List<String> tops = parts.keySet().stream()
                .filter(code -> !parents.containsKey(code))
                .toList();
        if (tops.size() != 1) {
            throw new IllegalArgumentException("A hierarchy has one total, which everything is part of");
        }
        return new Hierarchy(tops.getFirst(), parts);
    }

    /** The same hierarchy with the parts of one more of its codes. */
    public Hierarchy split(String code, String... into) {
        if (parts.containsKey(code)) {
            throw new IllegalArgumentException("A code is divided once in a hierarchy: " + code);
        }
        Map<String, List<String>> more = new LinkedHashMap<>(parts);
        more.put(code, Arrays.asList(into));
        return new Hierarchy(total, more);
    }

    /** All codes, the total first, each before its parts. */
    public List<String> codes() {
        return List.copyOf(codes(total, parts));
    }

    private static Set<String> codes(String total, Map<String, List<String>> parts) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(total));
        while (!open.isEmpty()) {
            String code = open.remove();
            found.add(code);
            open.addAll(parts.getOrDefault(code, List.of()));
        }
        return found;
    }
}
