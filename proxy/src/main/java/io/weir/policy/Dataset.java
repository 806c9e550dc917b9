package io.weir.policy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A governed table over one source relation.
 *
 * @param name as analysts see it
 * @param source id of the source
 * @param relationSchema schema in the source
 * @param relationName relation in the source
 * @param kind personal or reference
 * @param description for the catalogue
 * @param owner organisation id
 * @param subject subject key of a personal dataset with one of its own; null when a link carries it, and for reference data
 * @param recordKey columns that are unique together, declared true; empty when none
 * @param links declared foreign keys
 * @param leastProfile profile that every agreement's must be as strict as at least, and of whose family; null when none is named
 * @param optOut row filter below everything else, for everybody; null when none
 * @param columns all governed columns in order
 */
public record Dataset(
        DatasetName name,
        String source,
        String relationSchema,
        String relationName,
        Kind kind,
        String description,
        String owner,
        @Nullable SubjectKey subject,
        List<String> recordKey,
        List<Link> links,
        @Nullable String leastProfile,
        @Nullable RowFilter optOut,
        List<Column> columns) {
    public Dataset {
        recordKey = List.copyOf(recordKey);
        links = List.copyOf(links);
        columns = List.copyOf(columns);
    }

    public enum Kind {
        PERSONAL,
        REFERENCE
    }

    /**
     * @param namespace unit namespace: subject keys are comparable only within one namespace
     * @param column the column that holds the key; declared not null in the source
     */
    public record SubjectKey(String namespace, String column) {}

    public Optional<Column> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    /** The link that carries the subject, for personal datasets without a key of their own. */
    public Optional<Link> subjectLink() {
        return links.stream().filter(Link::carriesSubject).findFirst();
    }
}
