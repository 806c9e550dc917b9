package io.weir.disclosure.history;

import io.weir.disclosure.history.Asked.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Between which values a group's subjects are, as far as its conditions say so plainly: by this one sees of most groups of a table whether they have no part in what is asked. Nothing is
 * proved by it: what is left is compared in numbers.
 */
final class Bounds {
    private final Map<String, List<List<Piece>>> values = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final Set<String> present = new HashSet<>();

    Bounds(Selection group) {
        for (Asked asked : asked(group)) {
            switch (asked) {
                case Asked.In in -> {
                    values.computeIfAbsent(in.subject(), s -> new ArrayList<>()).add(in.pieces());
                    present.add(in.subject());
                }
                case Asked.Missing(String subject) -> missing.add(subject);
                case Asked.Present(String subject) -> present.add(subject);
                case Asked.Wording w -> {}
                case Asked.Unless u -> {}
                case Asked.Either e -> {}
            }
        }
    }

    static List<Asked> asked(Selection selection) {
        return selection.conditions().stream().map(Selection.Condition::asked).toList();
    }

    /** Whether no row of the group has all of what is asked. */
    boolean areOutside(List<Asked> all) {
        return all.stream().anyMatch(this::isOutside);
    }

    /** Whether no row of the group has what is asked. */
    boolean isOutside(Asked asked) {
        return switch (asked) {
            case Asked.In in ->
                missing.contains(in.subject())
                        || of(in.subject()).stream()
                                .anyMatch(own -> own.stream()
                                        .noneMatch(piece -> in.pieces().stream().anyMatch(piece::mayOverlap)));
            case Asked.Missing(String subject) -> present.contains(subject);
            case Asked.Present(String subject) -> missing.contains(subject);
            case Asked.Unless(List<Asked> all, boolean unknown) -> all.stream().allMatch(this::isInside);
            case Asked.Either(List<List<Asked>> options) -> options.stream().allMatch(this::areOutside);
            case Asked.Wording w -> false;
        };
    }

    /** Whether each row of the group has what is asked. */
    boolean isInside(Asked asked) {
        return switch (asked) {
            case Asked.In in ->
                of(in.subject()).stream()
                        .anyMatch(own -> own.stream()
                                .allMatch(piece -> in.pieces().stream().anyMatch(other -> other.includes(piece))));
            case Asked.Missing(String subject) -> missing.contains(subject);
            case Asked.Present(String subject) -> present.contains(subject);
            case Asked.Unless(List<Asked> all, boolean unknown) -> areOutside(all);
            case Asked.Either(List<List<Asked>> options) ->
                options.stream().anyMatch(option -> option.stream().allMatch(this::isInside));
            case Asked.Wording w -> false;
        };
    }

    /** Of which there are values. */
    Set<String> subjects() {
        return values.keySet();
    }

    private List<List<Piece>> of(String subject) {
        return values.getOrDefault(subject, List.of());
    }
}
