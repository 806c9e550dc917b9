package io.weir.query;

import io.weir.query.govern.Permit;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where the boundaries of a permitted statement lie, in words: what each node is labelled, below and above them. Pure. */
final class ExplainedPlan {
    private ExplainedPlan() {}

    static List<String> of(Permit permit) {
        List<String> lines = new ArrayList<>();
        switch (permit) {
            case Permit.Aggregates aggregates -> {
                aggregates.blocks().forEach(block -> boundary(block, lines));
                lines.add("above the boundary, protected: " + above(aggregates.residual()));
            }
            case Permit.Rows rows -> {
                lines.add("no boundary: rows with pseudonyms and values as their columns are shown in rows");
                scans(rows.rel(), lines);
            }
        }
        return lines;
    }

    private static void boundary(Block block, List<String> lines) {
        lines.add("boundary %s: unit %s, keys %s, %d aggregates asked for, %d parts told, %d as evidence"
                .formatted(
                        block.alias(),
                        block.namespace(),
                        block.keys().isEmpty()
                                ? "none"
                                : block.keys().stream().map(k -> text(k.expr())).collect(Collectors.joining(", ")),
                        block.asked(),
                        block.told().size(),
                        block.atoms().size() - block.told().size()));
        lines.add("  parts: " + block.atoms().stream().map(ExplainedPlan::part).collect(Collectors.joining(", ")));
        scans(block.input(), lines);
    }

    private static void scans(Rel rel, List<String> lines) {
        for (Rel.Scan scan : rel.scans()) {
            lines.add("  below: %s %s, %s"
                    .formatted(
                            scan.dataset().name(),
                            scan.alias(),
                            scan.personal() ? "rows that belong to people" : "reference data"));
        }
    }

    /** One part, and whether it is of some rows only. */
    static String number(Atom atom) {
        return part(atom) + (Expr.conjunctsOf(atom.filter()).isEmpty() ? "" : ", under a condition");
    }

    private static String part(Atom atom) {
        return switch (atom) {
            case Atom.Units u -> "people";
            case Atom.Rows r -> "rows";
            case Atom.Records r -> "records";
            case Atom.Sum s ->
                "sum of " + text(s.argument()) + " to " + s.step().toPlainString();
            case Atom.DistinctValues d -> "values of " + text(d.argument());
            case Atom.Position p -> "a place in the order of " + text(p.argument());
        };
    }

    private static String text(Expr expr) {
        return switch (expr) {
            case Expr.Column c -> c.alias() + "." + c.name();
            case Expr.Literal l -> "a constant";
            case Expr.Call call ->
                call.op().name().toLowerCase(Locale.ROOT)
                        + call.arguments().stream()
                                .map(ExplainedPlan::text)
                                .collect(Collectors.joining(", ", "(", ")"));
            case Expr.Case c -> "a case";
            case Expr.Cast c -> text(c.argument());
            default -> "an expression";
        };
    }

    /** The operations in the order in which they are done. */
    private static String above(Residual residual) {
        List<String> names = new ArrayList<>();
        collect(residual, names);
        return String.join(", ", names);
    }

    private static void collect(Residual residual, List<String> names) {
        residual.inputs().forEach(input -> collect(input, names));
        names.add(
                switch (residual) {
                    case Residual.ReadBlock b -> "cells of " + b.alias();
                    case Residual.ReadReference r -> "reference data " + r.alias();
                    case Residual.Constants c -> c.rows().size() + " constant rows";
                    case Residual.Filter f -> "filter";
                    case Residual.Join j -> j.kind().name().toLowerCase(Locale.ROOT) + " join";
                    case Residual.Project p -> p.distinct() ? "distinct columns" : "columns";
                    case Residual.Aggregate a -> "aggregates";
                    case Residual.Window w -> "windows";
                    case Residual.Sort s -> "sort";
                    case Residual.Limit l -> "limit";
                    case Residual.SetOperation s -> s.kind().name().toLowerCase(Locale.ROOT);
                });
    }
}
