package io.weir.sdc.read;

import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.Hierarchy;
import io.weir.disclosure.table.HierarchyEquations;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.TableDimension;
import io.weir.disclosure.table.TableShape;
import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.Dimension;
import io.weir.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where rows stand: a path for each dimension, see {@link Dimension}. */
final class Places {
    private final List<Dimension> dimensions;

    Places(List<Dimension> dimensions) {
        this.dimensions = dimensions;
    }

    /** The address that findings name: a code for each dimension, totals included. */
    Address address(List<List<String>> place) {
        List<String> keys = new ArrayList<>();
        for (int d = 0; d < dimensions.size(); d++) {
            Dimension dimension = dimensions.get(d);
            List<String> path = place.get(d);
            keys.add(
                    path.isEmpty() || dimension.depth() == 1
                            ? dimension.fields(path).getFirst()
                            : String.join(
                                    " / ",
                                    path.stream()
                                            .map(code -> code.replace("/", "//"))
                                            .toList()));
        }
        return new Address(0, keys);
    }

    /** For people: {@code region=North, sex=F}. */
    String words(List<List<String>> place) {
        List<String> words = new ArrayList<>();
        for (int d = 0; d < dimensions.size(); d++) {
            List<String> columns = dimensions.get(d).columns();
            List<String> fields = dimensions.get(d).fields(place.get(d));
            for (int c = 0; c < columns.size(); c++) {
                words.add(columns.get(c) + "=" + fields.get(c));
            }
        }
        return String.join(", ", words);
    }

    static boolean isTotal(List<List<String>> place) {
        return place.stream().allMatch(List::isEmpty);
    }

    boolean isFinest(List<List<String>> place) {
        for (int d = 0; d < dimensions.size(); d++) {
            if (!dimensions.get(d).isFinest(place.get(d))) {
                return false;
            }
        }
        return true;
    }

    /** The place at these depths that a finer one is part of. */
    static List<List<String>> at(List<Integer> depths, List<List<String>> place) {
        List<List<String>> coarser = new ArrayList<>();
        for (int d = 0; d < depths.size(); d++) {
            List<String> path = place.get(d);
            coarser.add(path.subList(0, Math.min(depths.get(d), path.size())));
        }
        return List.copyOf(coarser);
    }

    /** Whether so many places are no table; adds a problem if so. */
    boolean areTooMany(Collection<List<Integer>> plans, String file, YamlProblems problems) {
        double rows = 0;
        for (List<Integer> depths : plans) {
            double cells = 1;
            for (int d = 0; d < dimensions.size(); d++) {
                int depth = depths.get(d);
                cells *= dimensions.get(d).paths().stream()
                        .map(path -> path.subList(0, Math.min(depth, path.size())))
                        .distinct()
                        .count();
            }
            rows += cells;
        }
        return areTooMany(rows, file, problems);
    }

    static boolean areTooMany(double rows, String file, YamlProblems problems) {
        if (rows > Description.MAX_ROWS) {
            problems.add(
                    file,
                    0,
                    "",
                    "the table has more rows than " + Description.MAX_ROWS + ", margins included",
                    "describe tables of fewer dimensions, coarser codes, or fewer margins");
        }
        return rows > Description.MAX_ROWS;
    }

    /** All places at these depths, where everybody knows the codes. */
    List<List<List<String>>> all(List<Integer> depths) {
        List<List<List<String>>> places = List.of(List.of());
        for (int d = 0; d < dimensions.size(); d++) {
            int depth = depths.get(d);
            List<List<String>> paths = dimensions.get(d).paths().stream()
                    .map(path -> path.subList(0, Math.min(depth, path.size())))
                    .distinct()
                    .toList();
            List<List<List<String>>> longer = new ArrayList<>();
            for (List<List<String>> place : places) {
                for (List<String> path : paths) {
                    List<List<String>> next = new ArrayList<>(place);
                    next.add(path);
                    longer.add(List.copyOf(next));
                }
            }
            places = longer;
        }
        return places;
    }

    /** What adds up to what. */
    List<MarginEquation> equations(List<List<List<String>>> places) {
        List<TableDimension> shape = new ArrayList<>();
        for (int d = 0; d < dimensions.size(); d++) {
            Map<String, Set<String>> below = new LinkedHashMap<>();
            for (List<List<String>> place : places) {
                List<String> path = place.get(d);
                for (int depth = 0; depth < path.size(); depth++) {
                    below.computeIfAbsent(code(path.subList(0, depth)), known -> new LinkedHashSet<>())
                            .add(code(path.subList(0, depth + 1)));
                }
            }
            Map<String, List<String>> parts = new LinkedHashMap<>();
            below.forEach((code, codes) -> parts.put(code, List.copyOf(codes)));
            shape.add(TableDimension.of(dimensions.get(d).name(), new Hierarchy(code(List.of()), parts)));
        }
        List<Address> addresses = places.stream()
                .map(place -> new Address(0, place.stream().map(Places::code).toList()))
                .toList();
        return HierarchyEquations.of(addresses, List.of(new TableShape(0, shape)));
    }

    /** One text for each path, and for no other. */
    private static String code(List<String> path) {
        StringBuilder code = new StringBuilder();
        path.forEach(step -> code.append(step.length()).append(':').append(step));
        return code.toString();
    }

    /** As people read them: codes in the description's order or by themselves, margins behind their parts. */
    Comparator<List<List<String>>> readingOrder() {
        List<Map<List<String>, Integer>> ranks = new ArrayList<>();
        for (Dimension dimension : dimensions) {
            Map<List<String>, Integer> rank = new HashMap<>();
            for (List<String> known : dimension.paths()) {
                for (int depth = 1; depth <= known.size(); depth++) {
                    rank.putIfAbsent(known.subList(0, depth), rank.size());
                }
            }
            ranks.add(rank);
        }
        return (left, right) -> {
            for (int d = 0; d < dimensions.size(); d++) {
                int order = compare(ranks.get(d), left.get(d), right.get(d));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static int compare(Map<List<String>, Integer> rank, List<String> left, List<String> right) {
        for (int level = 0; level < Math.min(left.size(), right.size()); level++) {
            if (!left.get(level).equals(right.get(level))) {
                int last = rank.size();
                int order = Integer.compare(
                        rank.getOrDefault(left.subList(0, level + 1), last),
                        rank.getOrDefault(right.subList(0, level + 1), last));
                return order != 0 ? order : left.get(level).compareTo(right.get(level));
            }
        }
        return Integer.compare(right.size(), left.size());
    }
}
