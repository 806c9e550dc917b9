package io.weir.disclosure.table;

import java.util.List;

/**
 * What a table is divided by: a code list with one or more hierarchies over it. Equal codes of a dimension are the same code, in all its
 * hierarchies and in all tables that name the dimension; so hierarchies that share leaves or totals are tied together by them.
 *
 * @param name unique in its table
 * @param hierarchies at least one; the total of the first is the total of the dimension
 */
public record TableDimension(String name, List<Hierarchy> hierarchies) {
    public TableDimension {
        hierarchies = List.copyOf(hierarchies);
        if (hierarchies.isEmpty()) {
            throw new IllegalArgumentException(
                    "A dimension needs a hierarchy, if only of a total and its codes: " + name);
        }
    }

    /** A dimension with these hierarchies. */
    public static TableDimension of(String name, Hierarchy... hierarchies) {
        return new TableDimension(name, List.of(hierarchies));
    }

    /** The code that stands for everything. */
    public String total() {
        return hierarchies.getFirst().total();
    }
}
