package io.weir.policy;

/**
 * The name under which analysts see a dataset.
 *
 * @param schema schema, lower-case
 * @param name relation, lower-case
 */
public record DatasetName(String schema, String name) implements Comparable<DatasetName> {
    @Override
    public String toString() {
        return schema + "." + name;
    }

    @Override
    public int compareTo(DatasetName other) {
        return toString().compareTo(other.toString());
    }
}
