package io.weir.sdc.describe;

/** How many units the table is about, in its cells or not. A cell is judged by who is missing from it, too. */
public sealed interface Population {
    /** Those of the grand total, or of the file of records: nobody else belongs to it. */
    record OfTheTotal() implements Population {}

    /** A number that is known otherwise. */
    record Given(long units) implements Population {}

    /** A number for each row. */
    record Column(String name) implements Population {}

    /** Nobody knows: a person has to look at every cell. */
    record Unknown() implements Population {}
}
