package io.weir.disclosure.rounding;

import io.weir.disclosure.interval.WorkBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A {@link BinaryProgram} as a flow of least cost: equations are nodes, and variables are arcs of capacity 1 from the equation in which they count
 * positive to that in which they count negative, after some equations have changed their signs. A variable of one equation ends outside. Solved by
 * successive shortest paths (a textbook method), from the flow that is best without the equations.
 */
final class NetworkFlow {
    private final BinaryProgram program;
    private final int nodes;
    private final int[] from;
    private final int[] to;
    private final long[] surplus;
    private final boolean[] used;
    private final List<List<Integer>> arcsOf = new ArrayList<>();

    private NetworkFlow(BinaryProgram program, int[] signs, int[][] ends) {
        this.program = program;
        int outside = program.equations().size();
        nodes = outside + 1;
        int variables = program.costs().size();
        from = new int[variables];
        to = new int[variables];
        used = new boolean[variables];
        surplus = new long[nodes];
        for (int node = 0; node < nodes; node++) {
            arcsOf.add(new ArrayList<>());
        }
        for (int equation = 0; equation < outside; equation++) {
            surplus[equation] =
                    signs[equation] * program.equations().get(equation).constant();
            surplus[outside] -= surplus[equation];
        }
        for (int arc = 0; arc < variables; arc++) {
            from[arc] = outside;
            to[arc] = outside;
            for (int end : ends[arc]) {
                int equation = Math.abs(end) - 1;
                if (Integer.signum(end) * signs[equation] > 0) {
                    from[arc] = equation;
                } else {
                    to[arc] = equation;
                }
            }
            arcsOf.get(from[arc]).add(arc);
            if (to[arc] != from[arc]) {
                arcsOf.get(to[arc]).add(arc);
            }
            if (program.costs().get(arc) < 0) {
                turn(arc);
            }
        }
    }

    /** Empty when the program is no network. */
    static Optional<NetworkFlow> of(BinaryProgram program) {
        List<List<Integer>> ends = new ArrayList<>();
        for (int variable = 0; variable < program.costs().size(); variable++) {
            ends.add(new ArrayList<>());
        }
        for (int equation = 0; equation < program.equations().size(); equation++) {
            int mark = equation + 1;
            program.equations()
                    .get(equation)
                    .plus()
                    .forEach(variable -> ends.get(variable).add(mark));
            program.equations()
                    .get(equation)
                    .minus()
                    .forEach(variable -> ends.get(variable).add(-mark));
        }
        if (ends.stream().anyMatch(of -> of.size() > 2)) {
            return Optional.empty();
        }
        int[][] marks = ends.stream()
                .map(of -> of.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        return signs(program, marks).map(signs -> new NetworkFlow(program, signs, marks));
    }

    /** Signs of equations with which every variable counts once positive and once negative; empty when there are none. */
    private static Optional<int[]> signs(BinaryProgram program, int[][] ends) {
        int[] signs = new int[program.equations().size()];
        for (int start = 0; start < signs.length; start++) {
            if (signs[start] != 0) {
                continue;
            }
            signs[start] = 1;
            ArrayDeque<Integer> open = new ArrayDeque<>(List.of(start));
            while (!open.isEmpty()) {
                int equation = open.remove();
                BinaryProgram.Equation own = program.equations().get(equation);
                for (List<Integer> side : List.of(own.plus(), own.minus())) {
                    for (int variable : side) {
                        if (ends[variable].length == 2) {
                            int first = ends[variable][0];
                            int second = ends[variable][1];
                            int other = (Math.abs(first) - 1 == equation ? Math.abs(second) : Math.abs(first)) - 1;
                            int needed = -signs[equation] * Integer.signum(first) * Integer.signum(second);
                            if (signs[other] == 0) {
                                signs[other] = needed;
                                open.add(other);
                            } else if (signs[other] != needed) {
                                return Optional.empty();
                            }
                        }
                    }
                }
            }
        }
        return Optional.of(signs);
    }

    /** Sends the arc's unit, or takes it back. */
    private void turn(int arc) {
        int direction = used[arc] ? -1 : 1;
        surplus[from[arc]] -= direction;
        surplus[to[arc]] += direction;
        used[arc] = !used[arc];
    }

    Solution solve(WorkBudget budget) {
        long[] potential = new long[nodes];
        for (int node = 0; node < nodes; node++) {
            while (surplus[node] > 0) {
                if (!budget.spend(program.costs().size() + nodes)) {
                    return new Solution.OutOfWork();
                }
                if (!augment(node, potential)) {
                    return new Solution.None();
                }
            }
        }
        return new Solution.Found(used.clone(), true);
    }

    /** Sends one unit from a node that has too many to the nearest that has too few; false when none can be reached. */
    private boolean augment(int source, long[] potential) {
        long[] distance = new long[nodes];
        int[] arcTo = new int[nodes];
        boolean[] done = new boolean[nodes];
        Arrays.fill(distance, Long.MAX_VALUE);
        Arrays.fill(arcTo, -1);
        distance[source] = 0;
        record Reached(long distance, int node) {}
        PriorityQueue<Reached> queue = new PriorityQueue<>((left, right) -> left.distance != right.distance
                ? Long.compare(left.distance, right.distance)
                : Integer.compare(left.node, right.node));
        queue.add(new Reached(0, source));
        int sink = -1;
        while (!queue.isEmpty() && sink < 0) {
            int node = queue.remove().node;
            if (done[node]) {
                continue;
            }
            done[node] = true;
            if (surplus[node] < 0) {
                sink = node;
            }
            for (int arc : sink < 0 ? arcsOf.get(node) : List.<Integer>of()) {
                // A unit may go along an arc that is not used, and back along one that is.
                if (node == (used[arc] ? to[arc] : from[arc])) {
                    int next = used[arc] ? from[arc] : to[arc];
                    long cost = used[arc]
                            ? -program.costs().get(arc)
                            : program.costs().get(arc);
                    long length = distance[node] + cost + potential[node] - potential[next];
                    if (!done[next] && length < distance[next]) {
                        distance[next] = length;
                        arcTo[next] = arc;
                        queue.add(new Reached(length, next));
                    }
                }
            }
        }
        if (sink < 0) {
            return false;
        }
        for (int node = 0; node < nodes; node++) {
            potential[node] += done[node] ? distance[node] : distance[sink];
        }
        for (int node = sink; node != source; ) {
            int arc = arcTo[node];
            node = used[arc] ? to[arc] : from[arc];
            turn(arc);
        }
        return true;
    }
}
