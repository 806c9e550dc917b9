package io.weir.query.govern.plan;

import io.weir.query.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands above the boundary: evaluated in {@code finish} on protected values only. */
public sealed interface Residual {
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

        public record Call(
                String name, Function function, @Nullable Expr argument, boolean distinct, Expr filter, SqlType type) {}

        public enum Function {
            COUNT,
            SUM,
            AVERAGE,
            MINIMUM,
            MAXIMUM
        }
    }

    /** Window calls appended to the input's columns under an alias of their own. */
    record Window(String alias, Residual input, List<Call> calls) implements Residual {
        public Window {
            calls = List.copyOf(calls);
        }

        /** Frame: the whole partition when {@code order} is empty, else up to the current row's peers. */
        public record Call(
                String name,
                Function function,
                @Nullable Expr argument,
                List<Expr> partition,
                List<SortKey> order,
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
            COUNT,
            SUM,
            AVERAGE,
            MINIMUM,
            MAXIMUM
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
