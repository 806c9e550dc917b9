package io.weir.query.rewrite;

import io.weir.policy.PolicySnapshot;
import io.weir.policy.Profile;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Place;
import io.weir.query.govern.plan.Rel;
import io.weir.query.rewrite.OutputColumn.Purpose;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The query of places in one order of values. From the inside: one row per (cell, subject, value) with its number of records; what comes before
 * it, and how many people and records the cell has; where the parts around each place begin and end; how much of a row lies between; that per
 * (cell, subject); and per cell the sum of values around each place and the evidence. No value of a single record comes out of it.
 *
 * <p>Positions in the order are counted in two-hundredths of a record, so that a record may lie in two parts, and nothing is divided.
 */
final class OrderedWriter {
    private static final Pattern COLUMN = Pattern.compile("\\{([a-z]#?)}");

    private final PolicySnapshot policy;
    private final Profile profile;
    private final Dialect dialect;

    OrderedWriter(PolicySnapshot policy, Profile profile, Dialect dialect) {
        this.policy = policy;
        this.profile = profile;
        this.dialect = dialect;
    }

    /** Indexes of places that are in one order of the same rows. */
    static List<List<Integer>> together(Block block) {
        List<List<Integer>> all = new ArrayList<>();
        for (int i = 0; i < block.atoms().size(); i++) {
            if (block.atoms().get(i) instanceof Atom.Position position) {
                List<Integer> group = null;
                for (List<Integer> earlier : all) {
                    Atom.Position other = position(block, earlier.getFirst());
                    if (other.argument().equals(position.argument())
                            && other.filter().equals(position.filter())) {
                        group = earlier;
                    }
                }
                if (group == null) {
                    group = new ArrayList<>();
                    all.add(group);
                }
                group.add(i);
            }
        }
        return all.stream().map(List::copyOf).toList();
    }

    private static Atom.Position position(Block block, int atom) {
        return (Atom.Position) block.atoms().get(atom);
    }

    /** @param atoms of {@link #together} */
    GeneratedSelect places(Block block, List<Integer> atoms) {
        Atom.Position order = position(block, atoms.getFirst());
        Rel input = new Rel.Filter(block.input(), order.filter());
        Relations relations = new Relations(policy, dialect);
        relations.use(input);
        relations.use(block.subject());
        relations.use(order.argument());
        block.keys().forEach(k -> relations.use(k.expr()));
        CellKeys keys = new CellKeys(block, dialect);
        SqlText out = new SqlText(dialect);
        List<OutputColumn> plan = new ArrayList<>();
        cells(out, keys, atoms, plan);
        ranked(out, keys, atoms);
        people(out, keys, atoms, relations, order);
        around(out, atoms);
        edges(out, block, atoms);
        cut(out, block, atoms);
        counted(out, keys);
        summed(out, keys);
        out.append(" FROM (SELECT ");
        keys.names(out, "b");
        keys.grouping(out, "b");
        write(out, " AS {g}, b.{u}, b.{x}, ");
        out.append(dialect.count());
        write(out, "*) AS {c} FROM (SELECT ");
        keys.base(out, relations);
        CellKeys.marked(out, relations, block.subject());
        write(out, " AS {u}, ");
        relations.expressions(out).numeric(order.argument());
        write(out, " AS {x} FROM ");
        relations.fromAndWhere(out, input);
        out.append(") AS b GROUP BY ");
        keys.groupBy(out, "b", List.of("u", "x"));
        out.append(") AS a) AS v) AS w) AS d) AS e) AS f GROUP BY ");
        keys.cell(out, "f");
        write(out, ", f.{u}) AS p) AS q GROUP BY ");
        keys.cell(out, "q");
        return new GeneratedSelect(dialect.name(), out.text(), out.binds(), plan, relations.relations());
    }

    /** Per cell: records, people, most records of one person; for each place the part, the sum and its evidence. */
    private void cells(SqlText out, CellKeys keys, List<Integer> atoms, List<OutputColumn> plan) {
        out.append("SELECT ");
        keys.outputs(out, "q", plan);
        write(out, "max(q.{n}) AS {n}, max(q.{p}) AS {p}, max(q.{y}) AS {y}");
        for (String column : List.of("n", "p", "y")) {
            plan.add(new OutputColumn(column, Purpose.EVIDENCE, SqlType.INT8, null));
        }
        for (int i : atoms) {
            write(out, ", sum(q.{s#}) AS {s#}, max(q.{d#}) AS {d#}", i);
            write(out, ", sum(q.{b#}) AS {b#}, sum(q.{l#}) AS {l#}, sum(q.{r#}) AS {r#}, sum(q.{a#}) AS {a#}", i);
            write(out, ", max(q.{o#}) AS {o#}, max(CASE WHEN q.{j#} = 2 THEN q.{o#} END) AS {j#}", i);
            write(out, ", sum(q.{z#}) AS {z#}, sum(q.{w#}) AS {w#}", i);
            plan.add(new OutputColumn("s" + i, Purpose.CELL, SqlType.NUMERIC, null));
            for (String column : List.of("d", "b", "l", "r", "a", "o", "j", "z", "w")) {
                plan.add(new OutputColumn(column + i, Purpose.EVIDENCE, SqlType.NUMERIC, null));
            }
        }
    }

    /** Subjects by how much of their records lies around each place. */
    private void ranked(SqlText out, CellKeys keys, List<Integer> atoms) {
        out.append(" FROM (SELECT p.*");
        for (int i : atoms) {
            out.append(", row_number() OVER (PARTITION BY ");
            keys.cell(out, "p");
            out.append(" ORDER BY ");
            dialect.sortKey(out, () -> write(out, "p.{o#}", i), true, false);
            write(out, ") AS {j#}", i);
        }
    }

    /** One row per cell and subject. */
    private void people(SqlText out, CellKeys keys, List<Integer> atoms, Relations relations, Atom.Position order) {
        out.append(" FROM (SELECT ");
        keys.cell(out, "f");
        write(out, ", f.{u}, max(f.{n}) AS {n}, max(f.{p}) AS {p}, max(f.{y}) AS {y}");
        for (int i : atoms) {
            write(out, ", max(f.{d#}) AS {d#}, sum(f.{o#}) AS {o#}", i);
            sum(out, relations, order, "o#", "s#", i);
            sum(out, relations, order, "z#", "z#", i);
            sum(out, relations, order, "w#", "w#", i);
            for (String side : List.of("b", "l", "r", "a")) {
                write(out, ", max(f.{" + side + "#}) AS {" + side + "#}", i);
            }
        }
    }

    private void sum(SqlText out, Relations relations, Atom.Position order, String weight, String name, int atom) {
        out.append(", sum(");
        relations
                .expressions(out)
                .weighted(order.argument(), () -> write(out, "f.{x}"), () -> write(out, "f.{" + weight + "}", atom));
        write(out, ") AS {" + name + "}", atom);
    }

    /**
     * For each place how much of a row lies in the two parts around it, and in as many records further down and further up by the most that one
     * subject has; and whether any of it lies before the two parts, in the lower, in the upper, and after them.
     */
    private void around(SqlText out, List<Integer> atoms) {
        out.append(" FROM (SELECT e.*");
        for (int i : atoms) {
            overlap(out, "o#", "e.{f#}", "e.{e#}", i);
            overlap(out, "z#", "(e.{f#} - 200 * e.{y})", "(e.{e#} - 200 * e.{y})", i);
            overlap(out, "w#", "(e.{f#} + 200 * e.{y})", "(e.{e#} + 200 * e.{y})", i);
            write(out, ", CASE WHEN e.{v} < e.{f#} THEN 1 ELSE 0 END AS {b#}", i);
            write(out, ", CASE WHEN e.{t} > e.{f#} AND e.{v} < e.{h#} THEN 1 ELSE 0 END AS {l#}", i);
            write(out, ", CASE WHEN e.{t} > e.{h#} AND e.{v} < e.{e#} THEN 1 ELSE 0 END AS {r#}", i);
            write(out, ", CASE WHEN e.{t} > e.{e#} THEN 1 ELSE 0 END AS {a#}", i);
        }
    }

    private void overlap(SqlText out, String name, String from, String to, int atom) {
        String text = ", CASE WHEN e.{t} > $from AND e.{v} < $to THEN CASE WHEN e.{t} < $to THEN e.{t} ELSE $to END"
                + " - CASE WHEN e.{v} > $from THEN e.{v} ELSE $from END ELSE 0 END AS {" + name + "}";
        write(out, text.replace("$from", from).replace("$to", to), atom);
    }

    /** Where the two parts around each place begin, meet and end. */
    private void edges(SqlText out, Block block, List<Integer> atoms) {
        out.append(" FROM (SELECT d.*");
        for (int i : atoms) {
            int at = position(block, i).place().twoHundredths();
            write(out, ", d.{n} * (" + at + " - d.{d#}) AS {f#}, d.{n} * " + at + " AS {h#}", i);
            write(out, ", d.{n} * (" + at + " + d.{d#}) AS {e#}", i);
        }
    }

    /** The size of a part: NULL where the cell has too few people for the place, or one with more records than such a part has. */
    private void cut(SqlText out, Block block, List<Integer> atoms) {
        write(out, " FROM (SELECT w.*");
        for (int i : atoms) {
            out.append(", CASE");
            for (Place.Part part : position(block, i).place().parts()) {
                write(out, " WHEN w.{p} >= ");
                out.bind(least(part), SqlType.INT8);
                write(out, " AND 200 * w.{y} <= w.{n} * " + part.twoHundredths());
                out.append(" THEN " + part.twoHundredths());
            }
            write(out, " END AS {d#}", i);
        }
    }

    /**
     * How many people a cell has at least that is cut into such parts: as many as the threshold for each, and so that cells whose numbers of
     * people are rounded alike are cut alike.
     */
    private long least(Place.Part part) {
        long base = profile.roundingBase();
        long half = base / 2;
        long people = (long) part.number() * profile.threshold();
        return Math.ceilDiv(people + half, base) * base - half;
    }

    /** People of the cell, and most records that one of them has; where a row begins and ends. */
    private void counted(SqlText out, CellKeys keys) {
        write(out, " FROM (SELECT ");
        keys.cell(out, "v");
        write(out, ", v.{u}, v.{x}, v.{n}, 200 * v.{t} AS {t}, 200 * (v.{t} - v.{c}) AS {v}");
        out.append(", sum(CASE WHEN ");
        write(out, "v.{i} = 1 THEN ");
        out.append(dialect.one()).append(" ELSE 0 END) OVER (PARTITION BY ");
        keys.cell(out, "v");
        write(out, ") AS {p}, max(v.{m}) OVER (PARTITION BY ");
        keys.cell(out, "v");
        write(out, ") AS {y}");
    }

    /** Records up to a row, of the cell, and of the subject; the subject's rows numbered. As bigint: in PostgreSQL sums are numeric, and slow. */
    private void summed(SqlText out, CellKeys keys) {
        write(out, " FROM (SELECT a.*, CAST(sum(a.{c}) OVER (PARTITION BY ");
        keys.cell(out, "a");
        out.append(" ORDER BY ");
        ascending(out, "{x}");
        out.append(", ");
        ascending(out, "{u}");
        write(out, " ROWS UNBOUNDED PRECEDING) AS bigint) AS {t}, CAST(sum(a.{c}) OVER (PARTITION BY ");
        keys.cell(out, "a");
        write(out, ") AS bigint) AS {n}, CAST(sum(a.{c}) OVER (PARTITION BY ");
        keys.cell(out, "a");
        write(out, ", a.{u}) AS bigint) AS {m}, row_number() OVER (PARTITION BY ");
        keys.cell(out, "a");
        write(out, ", a.{u} ORDER BY ");
        ascending(out, "{x}");
        write(out, ") AS {i}");
    }

    private void ascending(SqlText out, String column) {
        dialect.sortKey(out, () -> write(out, "a." + column), false, false);
    }

    private void write(SqlText out, String text) {
        write(out, text, -1);
    }

    /** Text of ours, with names in braces; # stands for the number of the atom. */
    private void write(SqlText out, String text, int atom) {
        out.append(COLUMN.matcher(text)
                .replaceAll(m ->
                        Matcher.quoteReplacement(dialect.quoted(m.group(1).replace("#", Integer.toString(atom))))));
    }
}
