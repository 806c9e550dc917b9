package io.weir.query.finish;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.disclose.ProtectedTable;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Hidden;
import io.weir.query.govern.plan.OpenTables;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates one residual. One instance a statement; not thread-safe. */
public final class Finisher {
    private static final int MAXIMUM_ROWS = 1_000_000;

    private final Map<Block, ProtectedTable> blocks;
    private final Map<Residual.ReadReference, List<@Nullable Object[]>> references;
    private final Map<Expr.Scalar, Optional<Object>> scalars = new HashMap<>();
    private boolean undecided;

    public Finisher(
            Map<Block, ProtectedTable> blocks, Map<Residual.ReadReference, List<@Nullable Object[]>> references) {
        this.blocks = Map.copyOf(blocks);
        this.references = Map.copyOf(references);
    }

    /** Rows with a layout: which column of which alias stands where. */
    private record Table(Map<Expr.Column, Integer> layout, List<@Nullable Object[]> rows) {}

    /** @throws io.weir.problem.ProblemException SHAPE when a total would be taken over a table from which small groups are left out */
    public FinishedTable finish(Residual residual, List<Rel.Named> outputs, boolean profileRounds) {
        OpenTables.check(residual, outputs, openBlocks());
        Table table = read(residual);
        List<@Nullable Object[]> rows = new ArrayList<>(table.rows().size());
        for (@Nullable Object[] row : table.rows()) {
            Evaluator.Row view = view(table, row);
            @Nullable Object[] out = new @Nullable Object[outputs.size()];
            for (int i = 0; i < out.length; i++) {
                out[i] = Evaluator.evaluate(outputs.get(i).expr(), view);
            }
            rows.add(out);
        }
        List<Boolean> rounded = outputs.stream()
                .map(o -> profileRounds && o.expr().type().isNumber() && dependsOnAtom(o.expr()))
                .toList();
        return new FinishedTable(rows, undecided, rounded);
    }

    private Set<String> openBlocks() {
        Set<String> open = new HashSet<>();
        blocks.forEach((block, table) -> {
            if (table.open()) {
                open.add(block.alias());
            }
        });
        return open;
    }

    private static boolean dependsOnAtom(Expr expr) {
        boolean[] found = {false};
        expr.walk(e -> found[0] |= e instanceof Expr.Scalar
                || e instanceof Expr.Column c
                        && !c.name().startsWith("k")
                        && !c.name().equals(Block.GROUPING));
        return found[0];
    }

    private Evaluator.Row view(Table table, @Nullable Object[] row) {
        return new Evaluator.Row() {
            @Override
            public @Nullable Object column(Expr.Column column) {
                Integer at = table.layout().get(column);
                if (at == null) {
                    throw new IllegalStateException("no column " + column.alias() + "." + column.name());
                }
                return row[at];
            }

            @Override
            public @Nullable Object scalar(Expr.Scalar scalar) {
                return Finisher.this.scalar(scalar);
            }
        };
    }

    private @Nullable Object scalar(Expr.Scalar scalar) {
        Optional<Object> known = scalars.get(scalar);
        if (known == null) {
            Table table = read(scalar.residual());
            if (table.rows().size() > 1) {
                throw Problem.of(
                                ProblemCode.SHAPE,
                                "a scalar sub-query returns more than one row",
                                "Aggregate it without GROUP BY, or join it.")
                        .asException();
            }
            known = table.rows().isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(Evaluator.evaluate(
                            scalar.value(), view(table, table.rows().getFirst())));
            scalars.put(scalar, known);
        }
        return known.orElse(null);
    }

    private Table read(Residual residual) {
        return switch (residual) {
            case Residual.ReadBlock b -> block(b.alias());
            case Residual.ReadReference r -> {
                Map<Expr.Column, Integer> layout = new LinkedHashMap<>();
                for (Rel.Named output : r.outputs()) {
                    layout.put(
                            new Expr.Column(
                                    r.alias(), output.name(), output.expr().type()),
                            layout.size());
                }
                List<@Nullable Object[]> rows = references.get(r);
                if (rows == null) {
                    throw new IllegalStateException("reference data that nobody read"); // not an empty table
                }
                yield new Table(layout, rows);
            }
            case Residual.Constants c -> constants(c);
            case Residual.Filter f -> filter(f);
            case Residual.Join j -> join(j);
            case Residual.Project p -> project(p);
            case Residual.Aggregate a -> aggregate(a);
            case Residual.Window w -> window(w);
            case Residual.Sort s -> {
                Table input = read(s.input());
                List<@Nullable Object[]> rows = new ArrayList<>(input.rows());
                rows.sort((a, b) -> Ordering.compare(s.keys(), view(input, a), view(input, b)));
                yield new Table(input.layout(), rows);
            }
            case Residual.Limit l -> {
                Table input = read(l.input());
                long from = Math.min(l.offset(), input.rows().size());
                long to = l.fetch() < 0
                        ? input.rows().size()
                        : Math.min(from + l.fetch(), input.rows().size());
                yield new Table(input.layout(), input.rows().subList((int) from, (int) to));
            }
            case Residual.SetOperation s -> setOperation(s);
        };
    }

    private Table block(String alias) {
        for (Map.Entry<Block, ProtectedTable> entry : blocks.entrySet()) {
            if (entry.getKey().alias().equals(alias)) {
                BlockReader.Columns columns = BlockReader.read(entry.getKey(), entry.getValue());
                return new Table(columns.layout(), columns.rows());
            }
        }
        throw new IllegalStateException("no protected table for block " + alias);
    }

    private Table constants(Residual.Constants c) {
        Map<Expr.Column, Integer> layout = new LinkedHashMap<>();
        for (int i = 0; i < c.names().size(); i++) {
            layout.put(new Expr.Column(c.alias(), c.names().get(i), c.types().get(i)), i);
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (List<Expr> row : c.rows()) {
            rows.add(row.stream().map(Evaluator::constant).toArray());
        }
        return new Table(layout, rows);
    }

    private boolean holds(Expr condition, Evaluator.Row row) {
        Object value = Evaluator.evaluate(condition, row);
        undecided |= value instanceof Hidden;
        return Boolean.TRUE.equals(value);
    }

    private Table filter(Residual.Filter f) {
        Table input = read(f.input());
        return new Table(
                input.layout(),
                input.rows().stream()
                        .filter(r -> holds(f.condition(), view(input, r)))
                        .toList());
    }

    private Table join(Residual.Join j) {
        Table left = read(j.left());
        Table right = read(j.right());
        Map<Expr.Column, Integer> layout = new LinkedHashMap<>(left.layout());
        int width = left.layout().size();
        right.layout().forEach((c, i) -> layout.put(c, width + i));
        Table shape = new Table(layout, List.of());
        int all = width + right.layout().size();
        List<@Nullable Object[]> rows = new ArrayList<>();
        boolean[] matchedRight = new boolean[right.rows().size()];
        long pairs = 0;
        for (@Nullable Object[] l : left.rows()) {
            boolean matched = false;
            for (int r = 0; r < right.rows().size(); r++) {
                if (++pairs > 20_000_000L) {
                    throw Problem.of(ProblemCode.RESULT_TOO_LARGE).asException();
                }
                @Nullable Object[] row = Arrays.copyOf(l, all);
                System.arraycopy(right.rows().get(r), 0, row, width, all - width);
                if (holds(j.condition(), view(shape, row))) {
                    matched = true;
                    matchedRight[r] = true;
                    add(rows, row);
                }
            }
            if (!matched && (j.kind() == Residual.Join.Kind.LEFT || j.kind() == Residual.Join.Kind.FULL)) {
                add(rows, Arrays.copyOf(l, all));
            }
        }
        if (j.kind() == Residual.Join.Kind.RIGHT || j.kind() == Residual.Join.Kind.FULL) {
            for (int r = 0; r < matchedRight.length; r++) {
                if (!matchedRight[r]) {
                    @Nullable Object[] row = new @Nullable Object[all];
                    System.arraycopy(right.rows().get(r), 0, row, width, all - width);
                    add(rows, row);
                }
            }
        }
        return new Table(layout, rows);
    }

    private static void add(List<@Nullable Object[]> rows, @Nullable Object[] row) {
        if (rows.size() >= MAXIMUM_ROWS) {
            throw Problem.of(ProblemCode.RESULT_TOO_LARGE).asException();
        }
        rows.add(row);
    }

    private Table project(Residual.Project p) {
        Table input = read(p.input());
        Map<Expr.Column, Integer> layout = new LinkedHashMap<>();
        for (Rel.Named output : p.outputs()) {
            layout.put(new Expr.Column(p.alias(), output.name(), output.expr().type()), layout.size());
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        Set<List<@Nullable Object>> seen = new LinkedHashSet<>();
        for (@Nullable Object[] row : input.rows()) {
            Evaluator.Row view = view(input, row);
            @Nullable
            Object[] out = p.outputs().stream()
                    .map(o -> Evaluator.evaluate(o.expr(), view))
                    .toArray();
            if (!p.distinct() || seen.add(Ordering.group(out))) {
                rows.add(out);
            }
        }
        return new Table(layout, rows);
    }

    private Table aggregate(Residual.Aggregate a) {
        Table input = read(a.input());
        Map<List<@Nullable Object>, List<Evaluator.Row>> groups = new LinkedHashMap<>();
        if (a.keys().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        Map<List<@Nullable Object>, @Nullable Object[]> keys = new HashMap<>();
        for (@Nullable Object[] row : input.rows()) {
            Evaluator.Row view = view(input, row);
            @Nullable
            Object[] key = a.keys().stream()
                    .map(k -> Evaluator.evaluate(k.expr(), view))
                    .toArray();
            List<@Nullable Object> group = Ordering.group(key);
            keys.putIfAbsent(group, key);
            groups.computeIfAbsent(group, k -> new ArrayList<>()).add(view);
        }
        Map<Expr.Column, Integer> layout = new LinkedHashMap<>();
        a.keys()
                .forEach(k ->
                        layout.put(new Expr.Column(a.alias(), k.name(), k.expr().type()), layout.size()));
        a.calls().forEach(c -> layout.put(new Expr.Column(a.alias(), c.name(), c.type()), layout.size()));
        List<@Nullable Object[]> rows = new ArrayList<>();
        groups.forEach((group, members) -> {
            @Nullable Object[] key = keys.getOrDefault(group, new @Nullable Object[0]);
            @Nullable Object[] row = Arrays.copyOf(key, layout.size());
            for (int i = 0; i < a.calls().size(); i++) {
                row[key.length + i] = Aggregation.compute(a.calls().get(i), members);
            }
            rows.add(row);
        });
        return new Table(layout, rows);
    }

    private Table window(Residual.Window w) {
        Table input = read(w.input());
        List<Evaluator.Row> views =
                input.rows().stream().map(r -> view(input, r)).toList();
        Map<Expr.Column, Integer> layout = new LinkedHashMap<>(input.layout());
        int width = layout.size();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (@Nullable Object[] row : input.rows()) {
            rows.add(Arrays.copyOf(row, width + w.calls().size()));
        }
        for (int i = 0; i < w.calls().size(); i++) {
            Residual.Window.Call call = w.calls().get(i);
            layout.put(new Expr.Column(w.alias(), call.name(), call.type()), width + i);
            @Nullable Object[] values = Windows.compute(call, views);
            for (int r = 0; r < values.length; r++) {
                rows.get(r)[width + i] = values[r];
            }
        }
        return new Table(layout, rows);
    }

    private Table setOperation(Residual.SetOperation s) {
        List<Table> branches = s.branches().stream().map(this::project).toList();
        Map<Expr.Column, Integer> layout = new LinkedHashMap<>();
        for (int i = 0; i < s.types().size(); i++) {
            layout.put(new Expr.Column(s.alias(), "c" + i, s.types().get(i)), i);
        }
        List<@Nullable Object[]> rows = switch (s.kind()) {
            case UNION -> branches.stream().flatMap(b -> b.rows().stream()).toList();
            case INTERSECT, EXCEPT ->
                SetOperations.compute(s, branches.stream().map(Table::rows).toList());
        };
        if (!s.all()) {
            Set<List<@Nullable Object>> seen = new LinkedHashSet<>();
            rows = rows.stream().filter(r -> seen.add(Ordering.group(r))).toList();
        }
        return new Table(layout, rows);
    }
}
