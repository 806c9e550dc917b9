package io.weir.disclosure.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * The common space of linked tables: every combination of one code of each dimension that any of them has, as a number in mixed radix. A cell
 * that two tables have is one number.
 */
final class CodeSpace {
    private final List<Axis> axes;
    private final long[] weights;
    private final Map<Integer, Place> places = new LinkedHashMap<>();

    CodeSpace(List<TableShape> shapes) {
        Map<String, Axis> byName = new LinkedHashMap<>();
        for (TableShape shape : shapes) {
            for (TableDimension dimension : shape.dimensions()) {
                byName.computeIfAbsent(dimension.name(), name -> new Axis(dimension.total()))
                        .add(dimension);
            }
        }
        axes = List.copyOf(byName.values());
        axes.forEach(Axis::finish);
        weights = new long[axes.size()];
        long size = 1;
        for (int axis = 0; axis < weights.length; axis++) {
            weights[axis] = size;
            try {
                size = Math.multiplyExact(size, axes.get(axis).codes.size());
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("Linked tables with more combinations of codes than 2^63", e);
            }
        }
        List<String> names = List.copyOf(byName.keySet());
        for (TableShape shape : shapes) {
            if (places.put(shape.id(), new Place(shape, names)) != null) {
                throw new IllegalArgumentException("Two tables have the same id");
            }
        }
    }

    /** The cell of an address. */
    long cell(Address address) {
        Place place = places.get(address.groupingSet());
        if (place == null || address.keys().size() != place.axisOf.length) {
            throw new IllegalArgumentException("An address does not fit its table");
        }
        long cell = 0; // the total of each axis is its first code
        for (int i = 0; i < place.axisOf.length; i++) {
            int axis = place.axisOf[i];
            Integer code = axes.get(axis).codes.get(address.keys().get(i));
            if (code == null || !place.covers[axis][code]) {
                throw new IllegalArgumentException("An address has a code that its table does not know");
            }
            cell += weights[axis] * code;
        }
        return cell;
    }

    /** Whether some table has this combination. */
    boolean isCovered(long cell) {
        return places.values().stream().anyMatch(place -> covers(place, cell));
    }

    private boolean covers(Place place, long cell) {
        for (int axis = 0; axis < weights.length; axis++) {
            if (!place.covers[axis][code(cell, axis)]) {
                return false;
            }
        }
        return true;
    }

    /** Cells that this one is a part of. */
    void wholes(long cell, LongConsumer found) {
        for (int axis = 0; axis < weights.length; axis++) {
            int code = code(cell, axis);
            for (int parent : axes.get(axis).parents.get(code)) {
                found.accept(cell + weights[axis] * (parent - code));
            }
        }
    }

    /** All ways in which the cell is divided, each as the cells of its parts. */
    List<long[]> breakdowns(long cell) {
        List<long[]> all = List.of();
        for (int axis = 0; axis < weights.length; axis++) {
            int code = code(cell, axis);
            for (int[] parts : axes.get(axis).breakdowns.get(code)) {
                long[] cells = new long[parts.length];
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = cell + weights[axis] * (parts[i] - code);
                }
                all = all.isEmpty()
                        ? new ArrayList<>(weights.length)
                        : all; // of most cells, which are not divided, none
                all.add(cells);
            }
        }
        return all;
    }

    private int code(long cell, int axis) {
        return (int) (cell / weights[axis] % axes.get(axis).codes.size());
    }

    /** One dimension in all its hierarchies. */
    private static final class Axis {
        private static final int TOTAL = 0;
        private final Map<String, Integer> codes = new LinkedHashMap<>();
        private final Set<Map.Entry<String, Set<String>>> divided = new LinkedHashSet<>();
        private final List<List<int[]>> breakdowns = new ArrayList<>();
        private final List<Set<Integer>> parents = new ArrayList<>();

        Axis(String total) {
            codes.put(total, TOTAL);
        }

        void add(TableDimension dimension) {
            if (!codes.keySet().iterator().next().equals(dimension.total())) {
                throw new IllegalArgumentException(
                        "Linked tables have the same total of a dimension: " + dimension.name());
            }
            for (Hierarchy hierarchy : dimension.hierarchies()) {
                for (String code : hierarchy.codes()) {
                    codes.putIfAbsent(code, codes.size());
                    List<String> parts = hierarchy.parts().get(code);
                    if (parts != null) {
                        divided.add(Map.entry(code, Set.copyOf(parts)));
                    }
                }
            }
        }

        void finish() {
            for (int code = 0; code < codes.size(); code++) {
                breakdowns.add(new ArrayList<>());
                parents.add(new LinkedHashSet<>());
            }
            for (Map.Entry<String, Set<String>> division : divided) {
                int whole = index(division.getKey());
                int[] parts = division.getValue().stream()
                        .sorted()
                        .mapToInt(this::index)
                        .toArray();
                breakdowns.get(whole).add(parts);
                Arrays.stream(parts).forEach(part -> parents.get(part).add(whole));
            }
            boolean[] done = new boolean[codes.size()];
            for (int code = 0; code < done.length; code++) {
                refuseCircles(code, new boolean[done.length], done);
            }
        }

        private void refuseCircles(int code, boolean[] above, boolean[] done) {
            if (above[code]) {
                throw new IllegalArgumentException("Hierarchies of a dimension contradict each other");
            }
            if (!done[code]) {
                above[code] = true;
                parents.get(code).forEach(parent -> refuseCircles(parent, above, done));
                above[code] = false;
                done[code] = true;
            }
        }

        private int index(String code) {
            Integer index = codes.get(code);
            if (index == null) {
                throw new IllegalStateException("A part is no code");
            }
            return index;
        }
    }

    /** Where one table lies in the space: by axis the codes that it has. */
    private final class Place {
        private final int[] axisOf;
        private final boolean[][] covers = new boolean[axes.size()][];

        Place(TableShape shape, List<String> names) {
            for (int axis = 0; axis < covers.length; axis++) {
                covers[axis] = new boolean[axes.get(axis).codes.size()];
                covers[axis][Axis.TOTAL] = true;
            }
            axisOf = shape.dimensions().stream()
                    .mapToInt(dimension -> names.indexOf(dimension.name()))
                    .toArray();
            for (int i = 0; i < axisOf.length; i++) {
                Axis axis = axes.get(axisOf[i]);
                for (Hierarchy hierarchy : shape.dimensions().get(i).hierarchies()) {
                    for (String code : hierarchy.codes()) {
                        covers[axisOf[i]][axis.index(code)] = true;
                    }
                }
            }
        }
    }
}
