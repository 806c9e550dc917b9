package io.weir.query.rewrite;

import io.weir.policy.PolicySnapshot;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Rel;
import io.weir.query.rewrite.OutputColumn.Purpose;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** One side of linked sources: what {@link BlockWriter} computes inside, person by person, with their keys and in the order of these. */
final class LinkedWriter {
    private static final String ALIAS = "p";

    private final PolicySnapshot policy;
    private final Dialect dialect;
    private final BlockWriter blocks;

    LinkedWriter(PolicySnapshot policy, Dialect dialect) {
        this.policy = policy;
        this.dialect = dialect;
        this.blocks = new BlockWriter(policy, dialect);
    }

    /** What each person adds to the cells of the side. */
    GeneratedSelect people(Block side) {
        Relations relations = new Relations(policy, dialect);
        BlockWriter.declareUse(relations, side);
        CellKeys keys = new CellKeys(side, dialect);
        SqlText out = new SqlText(dialect);
        List<OutputColumn> plan = new ArrayList<>();
        out.append("SELECT ");
        keys.outputs(out, ALIAS, plan);
        person(out, side, plan);
        for (int i = 0; i < side.atoms().size(); i++) {
            out.append(", ").column(ALIAS, "s" + i);
            plan.add(new OutputColumn("s" + i, Purpose.CELL, SqlType.NUMERIC, null));
        }
        out.append(" FROM (");
        blocks.people(out, relations, keys, side);
        return inOrder(out, side, plan, relations);
    }

    /** Who is in the population of the side. */
    GeneratedSelect population(Block side) {
        Relations relations = new Relations(policy, dialect);
        Rel all = Population.of(side.input());
        relations.use(all);
        relations.use(side.subject());
        SqlText out = new SqlText(dialect);
        List<OutputColumn> plan = new ArrayList<>();
        out.append("SELECT ");
        person(out, side, plan);
        out.append(" FROM (SELECT a.").name("u").append(", ");
        blocks.everybody(out, relations, all, side);
        return inOrder(out, side, plan, relations);
    }

    /** The person's key, bucket and rows. */
    private static void person(SqlText out, Block side, List<OutputColumn> plan) {
        out.column(ALIAS, "u")
                .append(", ")
                .column(ALIAS, Block.BUCKET)
                .append(", ")
                .column(ALIAS, "r");
        plan.add(new OutputColumn("u", Purpose.LINK, side.subject().type(), null));
        plan.add(new OutputColumn(Block.BUCKET, Purpose.EVIDENCE, SqlType.INT4, null));
        plan.add(new OutputColumn("r", Purpose.EVIDENCE, SqlType.NUMERIC, null));
    }

    private GeneratedSelect inOrder(SqlText out, Block side, List<OutputColumn> plan, Relations relations) {
        out.append(") AS ").name(ALIAS).append(" ORDER BY ");
        dialect.keyOrder(out, side.subject().type(), () -> out.column(ALIAS, "u"));
        return new GeneratedSelect(dialect.name(), out.text(), out.binds(), plan, relations.relations());
    }
}
