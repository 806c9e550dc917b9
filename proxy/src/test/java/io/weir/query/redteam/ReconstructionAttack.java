package io.weir.query.redteam;

import io.weir.query.redteam.Ward.Desk;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Linear reconstruction (Dinur and Nissim 2003): counts of random subsets of known people beside a large group, solved for each by least squares.
 *
 * @param people conditions, one a person or small group; the first is the target
 * @param question takes the subset's condition and a number that makes each question another one
 */
record ReconstructionAttack(String name, Secret secret, List<String> people, int questions, Question question)
        implements Attack {
    /** Writes a statement. */
    @FunctionalInterface
    interface Question {
        String of(String subset, int number);
    }

    @Override
    public boolean guess(Desk desk, SplittableRandom random) {
        SplittableRandom subsets = new SplittableRandom(7);
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < questions; i++) {
            // One unknown a person, one for the large group, and the answer.
            double[] row = new double[people.size() + 2];
            List<String> chosen = new ArrayList<>();
            for (int person = 0; person < people.size(); person++) {
                if (subsets.nextBoolean()) {
                    row[person] = 1;
                    chosen.add(people.get(person));
                }
            }
            row[people.size()] = 1;
            Double answer = desk.ask(question.of(chosen.isEmpty() ? "false" : String.join(" or ", chosen), i))
                    .number(0);
            if (answer != null) {
                row[people.size() + 1] = answer;
                rows.add(row);
            }
        }
        return rows.size() < people.size() + 1 || solved(rows, people.size() + 1) > 0.5;
    }

    /** The first unknown of the least squares, by the normal equations with a little weight on small answers. */
    private static double solved(List<double[]> rows, int unknowns) {
        double[][] system = new double[unknowns][unknowns + 1];
        for (double[] row : rows) {
            for (int i = 0; i < unknowns; i++) {
                for (int j = 0; j <= unknowns; j++) {
                    system[i][j] += row[i] * row[j];
                }
            }
        }
        for (int i = 0; i < unknowns; i++) {
            system[i][i] += 1e-6;
        }
        for (int i = 0; i < unknowns; i++) {
            for (int k = 0; k < unknowns; k++) {
                if (k != i) {
                    double factor = system[k][i] / system[i][i];
                    for (int j = 0; j <= unknowns; j++) {
                        system[k][j] -= factor * system[i][j];
                    }
                }
            }
        }
        return system[0][unknowns] / system[0][0];
    }
}
