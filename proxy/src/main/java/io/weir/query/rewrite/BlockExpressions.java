package io.weir.query.rewrite;

import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a source calculates for a block.
 *
 * @param relations by alias, those in sub-queries of conditions included
 * @param calculated each expression, with those of all relations
 */
record BlockExpressions(Map<String, Rel> relations, List<Expr> calculated) {
    static BlockExpressions of(Block block) {
        BlockExpressions all = new BlockExpressions(new HashMap<>(), new ArrayList<>());
        block.input().walk(all::know);
        List<Expr> own = own(block);
        own.forEach(expr -> expr.walk(e -> {
            if (e instanceof Expr.Exists exists) {
                exists.rel().walk(all::know);
            }
        }));
        all.calculated.addAll(own);
        return all;
    }

    /** What is calculated of a row of the block itself. */
    static List<Expr> own(Block block) {
        List<Expr> own = new ArrayList<>();
        block.keys().forEach(key -> own.add(key.expr()));
        block.atoms().forEach(atom -> {
            own.add(atom.filter());
            switch (atom) {
                case Atom.Sum s -> own.add(s.argument());
                case Atom.DistinctValues d -> own.add(d.argument());
                case Atom.Position p -> own.add(p.argument());
                case Atom.Records r -> own.add(r.record());
                case Atom.Units u -> {}
                case Atom.Rows r -> {}
            }
        });
        return own;
    }

    private void know(Rel rel) {
        name(rel, relations);
        calculated.addAll(rel.expressions());
    }

    /** Puts a relation under its alias; joins and filters only pass on those of their inputs. */
    static void name(Rel rel, Map<String, Rel> relations) {
        if (!(rel instanceof Rel.Join) && !(rel instanceof Rel.Filter)) {
            rel.aliases().forEach(alias -> relations.put(alias, rel));
        }
    }
}
