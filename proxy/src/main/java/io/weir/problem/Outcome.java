package io.weir.problem;

import java.util.function.Function;

/** What a stage returns: its value or a problem. */
public sealed interface Outcome<T> {
    record Value<T>(T value) implements Outcome<T> {}

    record Refused<T>(Problem problem) implements Outcome<T> {}

    static <T> Outcome<T> of(T value) {
        return new Value<>(value);
    }

    static <T> Outcome<T> refused(Problem problem) {
        return new Refused<>(problem);
    }

    /** Applies the next stage to a value; a problem passes through. */
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Value<T>(T value) -> next.apply(value);
            case Refused<T>(Problem problem) -> new Refused<>(problem);
        };
    }

    /** The value, or the problem as an exception. */
    default T orThrow() {
        return switch (this) {
            case Value<T>(T value) -> value;
            case Refused<T>(Problem problem) -> throw problem.asException();
        };
    }
}
