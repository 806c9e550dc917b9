package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import java.util.List;

/**
 * Scalar expressions in one dialect, each in a total form: no value of a row can raise an error, so that no error can tell something about a
 * row. What a dialect cannot say with the meaning that PostgreSQL gives it is refused by a {@link io.weir.problem.ProblemException}.
 */
interface Expressions {
    /** As a value. */
    void write(Expr expr);

    /** As an output of a whole statement: what is only handed on comes as the text that the proxy reads. */
    void output(Expr expr);

    /** As a condition. */
    void condition(Expr expr);

    /** A condition as a value that {@link Dialect#flagged} reads; what is unknown counts as false. */
    void flag(Expr condition);

    /** An exact number to compute with. */
    void numeric(Expr argument);

    /**
     * What {@link #numeric} wrote of an argument, times a whole number.
     *
     * @param weight less than a million millions
     */
    void weighted(Expr argument, Runnable written, Runnable weight);

    /** A value in one type with the others that stand in the same column. */
    void alike(Expr expr, List<Expr> column);

    /** As it is put in order. */
    void ordered(Expr key);

    /** The mean of what {@link #numeric} wrote of an argument. */
    void average(Runnable written, Expr argument);
}
