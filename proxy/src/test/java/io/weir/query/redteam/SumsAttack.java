package io.weir.query.redteam;

import io.weir.query.redteam.Ward.Desk;
import io.weir.query.redteam.Ward.Table;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of several answers put together; more than a half is yes.
 *
 * @param value of all answers, null when a number that it needs is hidden
 */
record SumsAttack(String name, Secret secret, List<String> questions, Function<List<Table>, @Nullable Double> value)
        implements Attack {
    @Override
    public boolean guess(Desk desk, SplittableRandom random) {
        Double sum = value.apply(questions.stream().map(desk::ask).toList());
        return sum == null || sum > 0.5;
    }

    static @Nullable Double less(@Nullable Double whole, @Nullable Double part) {
        return whole == null || part == null ? null : Double.valueOf(whole - part);
    }

    static @Nullable Double plus(@Nullable Double one, @Nullable Double other) {
        return one == null || other == null ? null : Double.valueOf(one + other);
    }

    static @Nullable Double times(double factor, @Nullable Double number) {
        return number == null ? null : Double.valueOf(factor * number);
    }

    /** What is left of a whole, by the cost of a dear stay. */
    static @Nullable Double dear(@Nullable Double whole, @Nullable Double parts) {
        return times(1 / 50_000.0, less(whole, parts));
    }
}
