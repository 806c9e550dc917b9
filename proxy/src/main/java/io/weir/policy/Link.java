package io.weir.policy;

import java.util.List;
import java.util.Set;

/**
 * A declared foreign key: joins may follow it.
 *
 * @param columns columns here
 * @param target dataset pointed to
 * @param targetColumns its unique key, same length as {@code columns}
 * @param carriesSubject whether the subject of this dataset is found through this link
 * @param through columns of the target that may be used when the link's own column is coarsened for analysts; the link is followed with the
 *     source's exact value, so a target column as fine as the key would undo the coarsening. Empty: none
 */
public record Link(
        List<String> columns,
        DatasetName target,
        List<String> targetColumns,
        boolean carriesSubject,
        Set<String> through) {
    public Link {
        through = Set.copyOf(through);
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
        if (columns.isEmpty() || columns.size() != targetColumns.size()) {
            throw new IllegalArgumentException("a link needs as many target columns as columns");
        }
    }
}
