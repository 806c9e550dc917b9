package io.weir.query.rewrite;

import io.weir.disclosure.history.Fingerprint;
import io.weir.policy.PolicySnapshot;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.rewrite.OutputColumn.Purpose;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The two-level evidence query of a block. Inside, one row per (cell, subject) with partial sums; outside, per cell and bucket of subjects
 * ({@link Fingerprint}) the number of subjects and for each atom its value, its contributing subjects, the two largest contributions of a subject, the sum of absolute contributions
 * and whether any is negative. Keys, filters and arguments are computed once, in the innermost derived table.
 */
final class BlockWriter {
    private final PolicySnapshot policy;
    private final Dialect dialect;

    BlockWriter(PolicySnapshot policy, Dialect dialect) {
        this.policy = policy;
        this.dialect = dialect;
    }

    GeneratedSelect cells(Block block) {
        Relations relations = new Relations(policy, dialect);
        declareUse(relations, block);
        CellKeys keys = new CellKeys(block, dialect);
        SqlText out = new SqlText(dialect);
        List<OutputColumn> plan = new ArrayList<>();
        out.append("SELECT ");
        keys.outputs(out, "q", plan);
        bucketSizes(out, "q", plan);
        for (int i = 0; i < block.atoms().size(); i++) {
            switch (block.atoms().get(i)) {
                case Atom.Units u -> count(out, plan, i, true);
                case Atom.Rows r -> count(out, plan, i, false);
                case Atom.Records r -> count(out, plan, i, false);
                case Atom.DistinctValues d -> count(out, plan, i, true);
                case Atom.Sum s -> sum(out, plan, i);
                case Atom.Position p -> {} // of its own query
            }
        }
        out.append(" FROM (SELECT p.*");
        for (int i = 0; i < block.atoms().size(); i++) {
            if (block.atoms().get(i) instanceof Atom.Sum) {
                out.append(", row_number() OVER (PARTITION BY ");
                keys.names(out, "p");
                out.append("p.")
                        .name(Block.GROUPING)
                        .append(", p.")
                        .name(Block.BUCKET)
                        .append(" ORDER BY ");
                String sum = "s" + i;
                Runnable size = () -> out.append("abs(p.").name(sum).append(")");
                dialect.sortKey(out, size, true, false);
                out.append(") AS ").name("o" + i);
            }
        }
        out.append(" FROM (");
        people(out, relations, keys, block);
        out.append(") AS p) AS q GROUP BY ");
        keys.names(out, "q");
        out.append("q.").name(Block.GROUPING).append(", q.").name(Block.BUCKET);
        return new GeneratedSelect(dialect.name(), out.text(), out.binds(), plan, relations.relations());
    }

    /** One row per (cell, subject): its bucket, its rows, and what it adds to each atom. */
    void people(SqlText out, Relations relations, CellKeys keys, Block block) {
        out.append("SELECT ");
        keys.names(out, "b");
        keys.grouping(out, "b");
        out.append(" AS ").name(Block.GROUPING).append(", b.").name("u").append(", ");
        bucketOfUnit(out, "b");
        for (int i = 0; i < block.atoms().size(); i++) {
            if (block.atoms().get(i) instanceof Atom.Position) {
                continue;
            }
            out.append(", ");
            if (block.atoms().get(i) instanceof Atom.Sum) {
                out.append("sum(CASE WHEN b.")
                        .name("f" + i)
                        .append(dialect.flagged())
                        .append(" THEN b.")
                        .name("x" + i)
                        .append(" END) AS ")
                        .name("s" + i);
            } else if (block.atoms().get(i) instanceof Atom.Records) {
                out.append(dialect.count())
                        .append("DISTINCT CASE WHEN b.")
                        .name("f" + i)
                        .append(dialect.flagged())
                        .append(" THEN b.")
                        .name("x" + i)
                        .append(" END) AS ")
                        .name("s" + i);
            } else {
                out.append("sum(CASE WHEN b.")
                        .name("f" + i)
                        .append(dialect.flagged())
                        .append(" THEN ")
                        .append(dialect.one())
                        .append(" ELSE 0 END) AS ")
                        .name("s" + i);
            }
        }
        out.append(" FROM (");
        base(out, relations, block);
        out.append(") AS b GROUP BY ");
        keys.groupBy(out, "b", List.of("u"));
    }

    private void count(SqlText out, List<OutputColumn> plan, int i, boolean units) {
        out.append(", ");
        if (units) {
            out.append(dialect.count()).append("CASE WHEN q.").name("s" + i).append(" > 0 THEN 1 END)");
        } else {
            out.append("sum(q.").name("s" + i).append(")");
        }
        out.append(" AS ")
                .name("v" + i)
                .append(", ")
                .append(dialect.count())
                .append("CASE WHEN q.")
                .name("s" + i)
                .append(" > 0 THEN 1 END) AS ")
                .name("u" + i);
        plan.add(new OutputColumn("v" + i, Purpose.CELL, SqlType.NUMERIC, null));
        plan.add(new OutputColumn("u" + i, Purpose.EVIDENCE, SqlType.INT8, null));
        if (!units) {
            out.append(", min(CASE WHEN q.")
                    .name("s" + i)
                    .append(" > 0 THEN q.")
                    .name("s" + i)
                    .append(" END) AS ")
                    .name("l" + i);
            plan.add(new OutputColumn("l" + i, Purpose.EVIDENCE, SqlType.NUMERIC, null));
        }
    }

    private void sum(SqlText out, List<OutputColumn> plan, int i) {
        String s = "s" + i;
        out.append(", sum(q.").name(s).append(") AS ").name("v" + i);
        out.append(", ")
                .append(dialect.count())
                .append("q.")
                .name(s)
                .append(") AS ")
                .name("u" + i);
        out.append(", max(abs(q.").name(s).append(")) AS ").name("t" + i);
        out.append(", max(CASE WHEN q.")
                .name("o" + i)
                .append(" = 2 THEN abs(q.")
                .name(s)
                .append(") END) AS ")
                .name("w" + i);
        out.append(", sum(abs(q.").name(s).append(")) AS ").name("a" + i);
        out.append(", ")
                .append(dialect.count())
                .append("CASE WHEN q.")
                .name(s)
                .append(" < 0 THEN 1 END) AS ")
                .name("e" + i);
        plan.add(new OutputColumn("v" + i, Purpose.CELL, SqlType.NUMERIC, null));
        plan.add(new OutputColumn("u" + i, Purpose.EVIDENCE, SqlType.INT8, null));
        plan.add(new OutputColumn("t" + i, Purpose.EVIDENCE, SqlType.NUMERIC, null));
        plan.add(new OutputColumn("w" + i, Purpose.EVIDENCE, SqlType.NUMERIC, null));
        plan.add(new OutputColumn("a" + i, Purpose.EVIDENCE, SqlType.NUMERIC, null));
        plan.add(new OutputColumn("e" + i, Purpose.EVIDENCE, SqlType.INT8, null));
        out.append(", min(abs(nullif(q.").name(s).append(", 0))) AS ").name("l" + i);
        plan.add(new OutputColumn("l" + i, Purpose.EVIDENCE, SqlType.NUMERIC, null));
        out.append(", ")
                .append(dialect.count())
                .append("nullif(q.")
                .name(s)
                .append(", 0)) AS ")
                .name("z" + i);
        plan.add(new OutputColumn("z" + i, Purpose.EVIDENCE, SqlType.INT8, null));
    }

    /** Counts the values that at least {@code threshold} subjects have. */
    GeneratedSelect distinct(Block block, int atom, int threshold) {
        Atom.DistinctValues distinct = (Atom.DistinctValues) block.atoms().get(atom);
        Relations relations = new Relations(policy, dialect);
        declareUse(relations, block);
        CellKeys keys = new CellKeys(block, dialect);
        SqlText out = new SqlText(dialect);
        List<OutputColumn> plan = new ArrayList<>();
        out.append("SELECT ");
        keys.outputs(out, "q", plan);
        out.append(dialect.count()).append("CASE WHEN q.").name("n").append(" >= ");
        out.bind(threshold, SqlType.INT4);
        out.append(" THEN 1 END) AS ").name("v").append(" FROM (SELECT ");
        plan.add(new OutputColumn("v", Purpose.CELL, SqlType.NUMERIC, null));
        keys.names(out, "b");
        keys.grouping(out, "b");
        out.append(" AS ")
                .name(Block.GROUPING)
                .append(", b.")
                .name("x")
                .append(", ")
                .append(dialect.count())
                .append("DISTINCT b.")
                .name("u");
        out.append(") AS ").name("n").append(" FROM (");
        Block narrowed = new Block(
                block.alias(),
                new Rel.Filter(
                        block.input(),
                        Expr.and(List.of(distinct.filter(), Expr.predicate(Op.IS_NOT_NULL, distinct.argument())))),
                block.subject(),
                block.namespace(),
                block.keys(),
                block.groupingSets(),
                List.of(),
                List.of(),
                0,
                Set.of());
        out.append("SELECT ");
        keys.base(out, relations);
        CellKeys.marked(out, relations, distinct.argument());
        out.append(" AS ").name("x").append(", ");
        CellKeys.marked(out, relations, block.subject());
        out.append(" AS ").name("u").append(" FROM ");
        relations.fromAndWhere(out, narrowed.input());
        out.append(") AS b GROUP BY ");
        keys.groupBy(out, "b", List.of("x"));
        out.append(") AS q GROUP BY ");
        keys.names(out, "q");
        out.append("q.").name(Block.GROUPING);
        return new GeneratedSelect(dialect.name(), out.text(), out.binds(), plan, relations.relations());
    }

    /** Distinct subjects and rows, by bucket, of the same relations without the analyst's predicates, but with the links between them. */
    GeneratedSelect population(Block block) {
        Relations relations = new Relations(policy, dialect);
        Rel all = Population.of(block.input());
        relations.use(all);
        relations.use(block.subject());
        SqlText out = new SqlText(dialect);
        List<OutputColumn> plan = new ArrayList<>();
        out.append("SELECT ");
        bucketSizes(out, "b", plan);
        out.append(" FROM (SELECT ");
        everybody(out, relations, all, block);
        out.append(") AS b GROUP BY b.").name(Block.BUCKET);
        return new GeneratedSelect(dialect.name(), out.text(), out.binds(), plan, relations.relations());
    }

    /** The bucket and the rows of each subject of the population. */
    void everybody(SqlText out, Relations relations, Rel all, Block block) {
        bucketOfUnit(out, "a");
        out.append(" FROM (SELECT ");
        CellKeys.marked(out, relations, block.subject());
        out.append(" AS ").name("u").append(" FROM ");
        relations.fromAndWhere(out, all);
        out.append(") AS a GROUP BY a.").name("u");
    }

    /** Which bucket a unit is in, and how many rows it has. */
    private void bucketOfUnit(SqlText out, String from) {
        dialect.bucket(out, () -> out.append(from).append(".").name("u"), Fingerprint.WIDTH);
        out.append(" AS ")
                .name(Block.BUCKET)
                .append(", ")
                .append(dialect.count())
                .append("*) AS ")
                .name("r");
    }

    /** The bucket, and how many units and rows it has. */
    private void bucketSizes(SqlText out, String from, List<OutputColumn> plan) {
        out.append(from).append(".").name(Block.BUCKET).append(", ");
        plan.add(new OutputColumn(Block.BUCKET, Purpose.EVIDENCE, SqlType.INT4, null));
        out.append(dialect.count()).append("*) AS ").name("n");
        plan.add(new OutputColumn("n", Purpose.EVIDENCE, SqlType.INT8, null));
        out.append(", sum(").append(from).append(".").name("r").append(") AS ").name("r");
        plan.add(new OutputColumn("r", Purpose.EVIDENCE, SqlType.NUMERIC, null));
    }

    static void declareUse(Relations relations, Block block) {
        relations.use(block.input());
        relations.use(block.subject());
        block.keys().forEach(k -> relations.use(k.expr()));
        for (Atom atom : block.atoms()) {
            if (atom instanceof Atom.Position) {
                continue;
            }
            relations.use(atom.filter());
            switch (atom) {
                case Atom.Sum s -> relations.use(s.argument());
                case Atom.DistinctValues d -> relations.use(d.argument());
                case Atom.Units u -> {}
                case Atom.Rows r -> {}
                case Atom.Position p -> {}
                case Atom.Records r -> relations.use(r.record());
            }
        }
    }

    private void base(SqlText out, Relations relations, Block block) {
        out.append("SELECT ");
        new CellKeys(block, dialect).base(out, relations);
        CellKeys.marked(out, relations, block.subject());
        out.append(" AS ").name("u");
        for (int i = 0; i < block.atoms().size(); i++) {
            Atom atom = block.atoms().get(i);
            if (atom instanceof Atom.Position) {
                continue;
            }
            Expr filter = atom.filter();
            if (atom instanceof Atom.DistinctValues d) {
                filter = Expr.and(List.of(filter, Expr.predicate(Op.IS_NOT_NULL, d.argument())));
            }
            out.append(", ");
            relations.expressions(out).flag(filter);
            out.append(" AS ").name("f" + i);
            if (atom instanceof Atom.Sum s) {
                out.append(", ");
                relations.expressions(out).numeric(s.argument());
                out.append(" AS ").name("x" + i);
            } else if (atom instanceof Atom.Records r) {
                out.append(", ");
                relations.expressions(out).write(r.record());
                out.append(" AS ").name("x" + i);
            }
        }
        out.append(" FROM ");
        relations.fromAndWhere(out, block.input());
    }
}
