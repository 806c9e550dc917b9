package io.weir.sdc.read;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A unit of a file of records, and how many records of the file it has. */
final class Person {
    private final String identifier;
    private final @Nullable String owner;
    private final boolean asked;
    private final @Nullable BigDecimal weight;
    int records;

    Person(String identifier, @Nullable String owner, boolean asked, @Nullable BigDecimal weight) {
        this.identifier = identifier;
        this.owner = owner;
        this.asked = asked;
        this.weight = weight;
    }

    String identifier() {
        return identifier;
    }

    @Nullable
    String owner() {
        return owner;
    }

    boolean asked() {
        return asked;
    }

    @Nullable
    BigDecimal weight() {
        return weight;
    }

    /** By what the file says of it, not by its records. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Person that
                && identifier.equals(that.identifier)
                && Objects.equals(owner, that.owner)
                && asked == that.asked
                && Objects.equals(weight, that.weight);
    }

    @Override
    public int hashCode() {
        return identifier.hashCode();
    }

    @Override
    public String toString() {
        return "Person[***]";
    }
}
