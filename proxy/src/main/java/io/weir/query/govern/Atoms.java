package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Profile;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The protected numbers that one block asks of the source, each once. Refuses more of them than a statement may have; their order is the
 * order in which they were asked for.
 */
final class Atoms {
    private static final int MAXIMUM_ATOMS = 64;

    private final String alias;
    private final BigDecimal base;
    private final Profile.Extremes extremes;
    private final List<Atom> atoms = new ArrayList<>();
    private final Set<Integer> told = new HashSet<>();

    Atoms(String alias, Profile profile) {
        this.alias = alias;
        this.base = BigDecimal.valueOf(profile.roundingBase());
        this.extremes = profile.extremes();
    }

    List<Atom> all() {
        return List.copyOf(atoms);
    }

    Profile.Extremes extremes() {
        return extremes;
    }

    /** Step to which counts are rounded. */
    BigDecimal base() {
        return base;
    }

    /** A column that stands for the atom, whose number goes into the answer. */
    Expr of(Atom atom) {
        Expr.Column column = column(atom);
        told.add(atoms.indexOf(atom));
        return column;
    }

    /**
     * A column that stands for a figure which is shown wherever another one is, that goes into the answer and tells of the same people: they are
     * compared with other figures by that one.
     */
    Expr beside(Atom.Position atom) {
        return column(atom);
    }

    private Expr.Column column(Atom atom) {
        int index = atoms.indexOf(atom);
        if (index < 0) {
            index = atoms.size();
            if (index >= MAXIMUM_ATOMS) {
                throw refuse(
                        ProblemCode.STATEMENT_TOO_COMPLEX,
                        "the aggregates have too many arms together",
                        "Ask for fewer aggregates in one statement, or with fewer alternatives.");
            }
            atoms.add(atom);
        }
        return new Expr.Column(alias, Block.atomName(index), atom.type());
    }

    /** How many rows satisfy a condition, which only decides whether something is shown. */
    Expr judged(Expr filter) {
        return column(new Atom.Rows(filter, base));
    }

    /** Indexes of the atoms whose numbers go into the answer. */
    Set<Integer> told() {
        return Set.copyOf(told);
    }

    /** How many rows satisfy a condition. */
    Expr rows(Expr filter) {
        return of(new Atom.Rows(filter, base));
    }

    /**
     * Counts who is in one of two arms alone, where their conditions are one step apart: their difference could be a few people, though each
     * is large. To be called after all aggregates were translated.
     */
    List<Block.Difference> differences() {
        List<Block.Difference> found = new ArrayList<>();
        int asked = atoms.size();
        for (int first = 0; first < asked; first++) {
            for (int second = first + 1; second < asked; second++) {
                Expr f = atoms.get(first).filter();
                Expr g = atoms.get(second).filter();
                if (ArmSteps.apart(f, g)) {
                    found.add(new Block.Difference(first, second, only(f, g), only(g, f)));
                }
            }
        }
        return found;
    }

    /** Index of the atom that counts subjects with a row that satisfies one condition and not the other. */
    private int only(Expr condition, Expr other) {
        Expr filter = Expr.and(List.of(condition, Expr.predicate(Op.IS_NOT_TRUE, other)));
        column(new Atom.Units(filter, base));
        return atoms.indexOf(new Atom.Units(filter, base));
    }
}
