package io.weir.disclosure.protection;

import io.weir.disclosure.interval.LinearSystem;
import io.weir.disclosure.interval.Relation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The relations of a large table by number, and by cell; and how far cells and inequalities are from their bounds at the true values. */
final class Relations {
    private final Setting setting;
    private final Link[] links;
    private final int[][] linksOf;
    private final int[][] signsOf;

    Relations(Setting setting) {
        this.setting = setting;
        links = setting.system().links().toArray(Link[]::new);
        int[] count = new int[setting.system().size()];
        for (Link link : links) {
            for (int cell : link.cells()) {
                count[cell]++;
            }
        }
        linksOf = IntStream.of(count).mapToObj(int[]::new).toArray(int[][]::new);
        for (int link = links.length - 1; link >= 0; link--) {
            for (int cell : links[link].cells()) {
                linksOf[cell][--count[cell]] = link;
            }
        }
        signsOf = IntStream.range(0, linksOf.length)
                .mapToObj(cell -> new int[linksOf[cell].length])
                .toArray(int[][]::new);
        for (int link = 0; link < links.length; link++) {
            for (int i = 0; i < links[link].cells().length; i++) {
                int cell = links[link].cells()[i];
                signsOf[cell][Arrays.binarySearch(linksOf[cell], link)] =
                        (int) links[link].coefficients()[i];
            }
        }
    }

    Link link(int number) {
        return links[number];
    }

    /** Numbers of the relations of a cell, ascending. Not to be changed. */
    int[] linksOf(int cell) {
        return linksOf[cell];
    }

    /** 1 or -1: the side on which a cell stands in a relation; 0 where it does not. */
    int sign(int number, int cell) {
        // A cell stands in few relations, and a relation can have all cells of a table.
        int at = Arrays.binarySearch(linksOf[cell], number);
        return at < 0 ? 0 : signsOf[cell][at];
    }

    /** How far a cell can go down from its true value if it is hidden. */
    double room(int cell) {
        return setting.system().truth(cell) - setting.attacker().floor(cell);
    }

    /** How far a cell can go up from its true value if it is hidden; infinite where nothing is told of it. */
    double headroom(int cell) {
        return setting.attacker().roof(cell) - setting.system().truth(cell);
    }

    /** How far an inequality is from being an equation. */
    double slack(int number) {
        Link link = links[number];
        double slack = link.constant();
        for (int i = 0; i < link.cells().length; i++) {
            slack -= link.coefficients()[i] * setting.system().truth(link.cells()[i]);
        }
        return Math.max(0, slack);
    }

    /** The relations between changes of some cells from their true values, while all others keep theirs. */
    LinearSystem deviations(List<Integer> variables, double[] lower) {
        Map<Integer, Integer> indexOf = new HashMap<>();
        Set<Integer> touched = new TreeSet<>();
        for (int cell : variables) {
            indexOf.put(cell, indexOf.size());
            IntStream.of(linksOf[cell]).forEach(touched::add);
        }
        double[] upper = variables.stream().mapToDouble(this::headroom).toArray();
        List<Relation> relations = new ArrayList<>();
        for (int number : touched) {
            Link link = links[number];
            int[] own = IntStream.range(0, link.cells().length)
                    .filter(i -> indexOf.containsKey(link.cells()[i]))
                    .toArray();
            relations.add(new Relation(
                    IntStream.of(own)
                            .map(i -> indexOf.getOrDefault(link.cells()[i], -1))
                            .toArray(),
                    IntStream.of(own).mapToDouble(i -> link.coefficients()[i]).toArray(),
                    link.equation() ? 0 : Double.NEGATIVE_INFINITY,
                    link.equation() ? 0 : slack(number)));
        }
        return new LinearSystem(lower, upper, relations);
    }
}
