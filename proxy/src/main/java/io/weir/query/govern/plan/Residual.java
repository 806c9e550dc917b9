package io.weir.query.govern.plan;

import io.weir.query.type.SqlType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands above the boundary: evaluated in {@code finish} on protected values only. */
public sealed interface Residual {
    /** What it reads. */
    default Stream<Residual> inputs() {
        return switch (this) {
            case ReadBlock b -> Stream.of();
            case ReadReference r -> Stream.of();
            case Constants c -> Stream.of();
            case Filter f -> Stream.of(f.input());
            case Join j -> Stream.of(j.left(), j.right());
            case Project p -> Stream.of(p.input());
            case Aggregate a -> Stream.of(a.input());
            case Window w -> Stream.of(w.input());
            case Sort s -> Stream.of(s.input());
            case Limit l -> Stream.of(l.input());
            case SetOperation s -> s.branches().stream().map(b -> b);
        };
    }

    /** Every expression that is evaluated in the proxy for it, without those of its inputs: sub-queries may stand in all of them. */
    default Stream<Expr> expressions() {
        return switch (this) {
            case ReadBlock b -> Stream.of();
            case ReadReference r -> Stream.of(); // computed in the source
            case Constants c -> c.rows().stream().flatMap(List::stream);
            case Filter f -> Stream.of(f.condition());
            case Join j -> Stream.of(j.condition());
            case Project p -> p.outputs().stream().map(Rel.Named::expr);
            case Aggregate a ->
                Stream.concat(
                        a.keys().stream().map(Rel.Named::expr),
                        a.calls().stream().flatMap(c -> Stream.concat(argument(c.argument()), Stream.of(c.filter()))));
            case Window w ->
                w.calls().stream()
                        .flatMap(c -> Stream.of(
                                        argument(c.argument()),
                                        argument(c.otherwise()),
                                        c.partition().stream(),
                                        c.order().stream().map(SortKey::expr))
                                .flatMap(all -> all));
            case Sort s -> s.keys().stream().map(SortKey::expr);
            case Limit l -> Stream.of();
            case SetOperation s -> Stream.of();
        };
    }

    private static Stream<Expr> argument(@Nullable Expr argument) {
        return argument == null ? Stream.of() : Stream.of(argument);
    }

    /** The protected table of a block. */
    record ReadBlock(String alias) implements Residual {}

    /** Rows of reference data, read from the source as they are. */
    record ReadReference(String alias, Rel rel, List<Rel.Named> outputs) implements Residual {
        public ReadReference {
            outputs = List.copyOf(outputs);
        }
    }

    /** Constant rows. */
    record Constants(String alias, List<String> names, List<SqlType> types, List<List<Expr>> rows) implements Residual {
        public Constants {
            names = List.copyOf(names);
            types = List.copyOf(types);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    record Filter(Residual input, Expr condition) implements Residual {}

    record Join(Kind kind, Residual left, Residual right, Expr condition) implements Residual {
        public enum Kind {
            INNER,
            LEFT,
            RIGHT,
            FULL
        }
    }

    /** Computes and names columns; hides those of its input. */
    record Project(String alias, Residual input, List<Rel.Named> outputs, boolean distinct) implements Residual {
        public Project {
            outputs = List.copyOf(outputs);
        }
    }

    /** An aggregate of protected values: Hidden in, Hidden out. */
    record Aggregate(String alias, Residual input, List<Rel.Named> keys, List<Call> calls) implements Residual {
        public Aggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
        }

        /** @param within for percentiles alone: where in the order of the argument's values */
        public record Call(
                String name,
                Function function,
                @Nullable Expr argument,
                boolean distinct,
                Expr filter,
                SqlType type,
                @Nullable Within within) {}

        /** @param share a value of the caller: how many of the values are to lie before the place */
        public record Within(Expr share, boolean descending) {}

        public enum Function {
            COUNT,
            SUM,
            AVERAGE,
            MINIMUM,
            MAXIMUM,
            /** Between the two values nearest to the place. */
            PERCENTILE_CONTINUOUS,
            /** A value. */
            PERCENTILE_DISCRETE,
            /** The most frequent value; the smallest of several. */
            MODE
        }
    }

    /** Window calls appended to the input's columns under an alias of their own. */
    record Window(String alias, Residual input, List<Call> calls) implements Residual {
        public Window {
            calls = List.copyOf(calls);
        }

        /**
         * All rows are equal when {@code order} is empty.
         *
         * @param frame of no account for functions of places
         * @param number what LAG, LEAD, NTILE and NTH_VALUE count
         * @param otherwise what LAG and LEAD are of the current row where there is no other
         */
        public record Call(
                String name,
                Function function,
                @Nullable Expr argument,
                List<Expr> partition,
                List<SortKey> order,
                Frame frame,
                long number,
                @Nullable Expr otherwise,
                SqlType type) {
            public Call {
                partition = List.copyOf(partition);
                order = List.copyOf(order);
            }
        }

        public enum Function {
            ROW_NUMBER,
            RANK,
            DENSE_RANK,
            PERCENT_RANK,
            CUMULATIVE_DISTRIBUTION,
            NTILE,
            LAG,
            LEAD,
            FIRST_VALUE,
            LAST_VALUE,
            NTH_VALUE,
            COUNT,
            SUM,
            AVERAGE,
            MINIMUM,
            MAXIMUM;

            /** Whether it is about the places of rows alone. */
            public boolean isPlace() {
                return switch (this) {
                    case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUMULATIVE_DISTRIBUTION, NTILE, LAG, LEAD -> true;
                    case FIRST_VALUE, LAST_VALUE, NTH_VALUE, COUNT, SUM, AVERAGE, MINIMUM, MAXIMUM -> false;
                };
            }

            /** Whether it depends on the order of the rows in its frame, and not only on which they are. */
            public boolean isOrdered() {
                return switch (this) {
                    case COUNT, SUM, AVERAGE, MINIMUM, MAXIMUM -> false;
                    default -> true;
                };
            }
        }
    }

    record Sort(Residual input, List<SortKey> keys) implements Residual {
        public Sort {
            keys = List.copyOf(keys);
        }
    }

    record SortKey(Expr expr, boolean descending, boolean nullsFirst) {}

    /** OFFSET and LIMIT; a negative fetch means no limit. */
    record Limit(Residual input, long offset, long fetch) implements Residual {}

    /** Set operation over branches with as many columns, of the types that the branches have in common. */
    record SetOperation(String alias, Kind kind, boolean all, List<Project> branches, List<SqlType> types)
            implements Residual {
        public SetOperation {
            branches = List.copyOf(branches);
            types = List.copyOf(types);
        }

        public enum Kind {
            UNION,
            INTERSECT,
            EXCEPT
        }
    }
}
