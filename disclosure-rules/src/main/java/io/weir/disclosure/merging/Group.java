package io.weir.disclosure.merging;

import io.weir.disclosure.table.Address;

/**
 * A group of a list whose groups have no unit in common. The text form prints no number.
 *
 * @param address of the group
 * @param units how many units it has, at least 0
 * @param published whether its count was published before, or is known otherwise: it stays, and hides nobody among others
 */
public record Group(Address address, long units, boolean published) {
    public Group {
        if (units < 0) {
            throw new IllegalArgumentException("A group has no negative number of units");
        }
    }

    @Override
    public String toString() {
        return "Group[" + address + ", ***]";
    }
}
