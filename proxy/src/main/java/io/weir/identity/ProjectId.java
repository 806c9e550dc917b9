package io.weir.identity;

/** A project's name: also the database name that analysts connect to. */
public record ProjectId(String value) {
    public ProjectId {
        if (!value.matches("[a-z][a-z0-9_-]{0,62}")) {
            throw new IllegalArgumentException("not a project name: use a-z, 0-9, '_' and '-', starting with a letter");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
