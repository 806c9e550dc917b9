package io.weir.disclosure.merging;

import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.table.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges the smallest groups, and no more than needed. In ascending order of units, groups are merged until
 *
 * <ul>
 *   <li>every group that stays has as many units as the threshold (or none, where zeros are shown), and more than any that is merged: of equal groups
 *       all are merged or none, since which of them was would tell who is small,
 *   <li>at least two groups are merged: one by itself would be shown under another name,
 *   <li>the merged group has as many units as the threshold,
 *   <li>each of them could have from at most one to at least the threshold, or any number in a range as wide as the threshold, for somebody who knows
 *       their sum, that they are smaller than those that stay, and which of them have anybody at all. Ten groups of one, merged to ten, would each be
 *       known to have one; 9 and 10, merged beside 11, to have one or the other.
 * </ul>
 *
 * <p>Groups whose counts are known already take no part: who knows them subtracts them. Groups must be disjoint; where people can be in several, the
 * merged group has to be counted anew, and nothing here says how many it has. Of a list with several keys the groups of one block (the same other
 * keys) are one list. A list and a coarser one of the same people are two publications: the history compares them.
 *
 * <p>Merging hides which of the merged groups is small, not that one is. Who knows the rule knows also that fewer groups were not enough, and can now
 * and then exclude numbers by that; it never tells one exactly in the lists of four small groups that were all tried. Who knows of a group that it is
 * large finds the others in what is left; so groups known from elsewhere must be given as published.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), chapter 5, table redesign: categories are combined until cells are large enough.
 * The order and the conditions are this library's.
 *
 * @param threshold k, at least 2
 * @param zeros whether empty groups are shown or merged like small ones
 */
public record MinimalMerging(int threshold, ZeroRule zeros) {
    public MinimalMerging {
        if (threshold < 2) {
            throw new IllegalArgumentException("A threshold below 2 protects nobody");
        }
    }

    /** @throws IllegalArgumentException when two groups have one address */
    public Merging merge(List<Group> groups) {
        if (new HashSet<>(groups.stream().map(Group::address).toList()).size() != groups.size()) {
            throw new IllegalArgumentException("Two groups have the same address");
        }
        List<Group> ascending = groups.stream()
                .filter(this::takesPart)
                .sorted(Comparator.comparingLong(Group::units).thenComparing(Group::address))
                .toList();
        if (ascending.stream().noneMatch(this::isTooSmall)) {
            return new Merging.NotNeeded();
        }
        List<Address> other = new ArrayList<>();
        long units = 0;
        long inhabited = 0;
        for (int next = 0; next < ascending.size(); next++) {
            Group group = ascending.get(next);
            other.add(group.address());
            units += group.units();
            inhabited += group.units() > 0 ? 1 : 0;
            Group rest = next + 1 < ascending.size() ? ascending.get(next + 1) : null;
            if ((rest == null || (!isTooSmall(rest) && rest.units() > group.units()))
                    && isEnough(other.size(), inhabited, units, rest)) {
                return new Merging.Other(
                        rest(groups, other), other.stream().sorted().toList(), units);
            }
        }
        return new Merging.Impossible(rest(groups, other));
    }

    private boolean takesPart(Group group) {
        return !group.published() && (group.units() > 0 || zeros == ZeroRule.HIDDEN);
    }

    /**
     * Whether each merged group could be small and large, or its number is open over as many as the threshold.
     *
     * @param rest the smallest group that stays, or null: the merged ones are known to be smaller, or as large at most
     */
    private boolean isEnough(int merged, long inhabited, long units, @Nullable Group rest) {
        long cap = rest == null ? units : rest.units() - 1;
        long greatest = Math.min(cap, units - Math.max(0, inhabited - 1));
        long least = Math.max(0, units - (merged - 1) * cap);
        boolean either = least <= 1 && greatest >= threshold;
        return merged > 1 && units >= threshold && (either || greatest - least >= threshold);
    }

    private boolean isTooSmall(Group group) {
        return group.units() < threshold;
    }

    /** Empty groups that are shown stay, too, and so do those that are published. */
    private static List<Address> rest(List<Group> groups, List<Address> other) {
        HashSet<Address> merged = new HashSet<>(other);
        return groups.stream()
                .map(Group::address)
                .filter(address -> !merged.contains(address))
                .sorted()
                .toList();
    }
}
