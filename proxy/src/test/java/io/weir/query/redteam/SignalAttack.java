package io.weir.query.redteam;

import io.weir.query.redteam.Ward.Desk;
import io.weir.query.redteam.Ward.Table;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Questions of which being hidden, dropped or refused is the bit (attacks 58 and 62).
 *
 * @param signal what the answers are like when the bit is set, protected or not
 */
record SignalAttack(String name, Secret secret, List<String> questions, Predicate<List<Table>> signal)
        implements Attack {
    static Attack one(String name, String sql, Predicate<Table> signal) {
        return new SignalAttack(name, Secret.DIAGNOSIS, List.of(sql), answers -> signal.test(answers.getFirst()));
    }

    @Override
    public boolean guess(Desk desk, SplittableRandom random) {
        return signal.test(questions.stream().map(desk::ask).toList());
    }
}
