package io.weir.policy;

import java.util.List;

/**
 * A declared foreign key: joins may follow it.
 *
 * @param columns columns here
 * @param target dataset pointed to
 * @param targetColumns its unique key, same length as {@code columns}
 * @param carriesSubject whether the subject of this dataset is found through this link
 */
public record Link(List<String> columns, DatasetName target, List<String> targetColumns, boolean carriesSubject) {
    public Link {
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
        if (columns.isEmpty() || columns.size() != targetColumns.size()) {
            throw new IllegalArgumentException("a link needs as many target columns as columns");
        }
    }
}
