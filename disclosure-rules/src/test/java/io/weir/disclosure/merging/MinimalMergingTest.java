package io.weir.disclosure.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.table.Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimalMergingTest {
    private static final int GROUPS = 4;

    @ParameterizedTest
    @CsvSource({
        // threshold, units of a, b, c …; merged; units of the merged group
        "10, 50 40 10, none, 0",
        "10, 50 4 7 30, bc, 11",
        "10, 50 4 6 30, bcd, 40", // with 10, neither could have 10 beside somebody in the other
        "10, 50 4 5 30, bcd, 39", // 9 together are too few
        "10, 50 9 30, bc, 39", // one alone is never merged
        "10, 50 9 9 9, bcd, 27",
        "10, 50 5 5 5 40, bcd, 15",
        "10, 9 10 10, abc, 29", // with 19 and 10 beside it, a and b would each be known to have 9 or 10
        "10, 50 2 12 12, bcd, 26", // equal groups go together: which of them was merged would tell
        "10, 1 1 1 1 1 1 1 1 1 1 30, abcdefghijk, 40", // ten ones would each be known to be one
        "10, 2 2 2 2 2 2 2 2 2 30, abcdefghi, 18", // each could have 10: 18 less one for each of the other eight
        "10, 3 0 50 8, ad, 11" // zeros are shown and stay
    })
    void theSmallestAreMergedAndNoMore(int threshold, String units, String merged, long together) {
        Merging merging = new MinimalMerging(threshold, ZeroRule.SHOWN).merge(groups(units));
        if (merged.equals("none")) {
            assertThat(merging).isEqualTo(new Merging.NotNeeded());
        } else {
            List<Address> other = merged.chars()
                    .mapToObj(c -> Address.of(Character.toString(c)))
                    .toList();
            List<Address> kept = groups(units).stream()
                    .map(Group::address)
                    .filter(address -> !other.contains(address))
                    .toList();
            assertThat(merging).isEqualTo(new Merging.Other(kept, other, together));
        }
    }

    @Test
    void zerosThatAreProtectedAreMergedLikeSmallGroups() {
        MinimalMerging merging = new MinimalMerging(10, ZeroRule.HIDDEN);
        assertThat(merging.merge(groups("0 50 10")))
                .isEqualTo(new Merging.Other(List.of(Address.of("b")), List.of(Address.of("a"), Address.of("c")), 10));
        assertThat(merging.merge(groups("0 0"))).isEqualTo(new Merging.Impossible(List.of()));
    }

    @Test
    void tooFewTogetherAreNotShown() {
        MinimalMerging merging = new MinimalMerging(10, ZeroRule.SHOWN);
        assertThat(merging.merge(groups("4 5"))).isEqualTo(new Merging.Impossible(List.of()));
        assertThat(merging.merge(groups("9"))).isEqualTo(new Merging.Impossible(List.of()));
        assertThat(merging.merge(List.of())).isEqualTo(new Merging.NotNeeded());
    }

    /** A group whose count is known would be subtracted: it hides nobody. */
    @Test
    void publishedGroupsTakeNoPart() {
        MinimalMerging merging = new MinimalMerging(10, ZeroRule.SHOWN);
        Group small = new Group(Address.of("a"), 3, false);
        Group known = new Group(Address.of("b"), 12, true);
        Group large = new Group(Address.of("c"), 40, false);
        assertThat(merging.merge(List.of(small, known, large)))
                .isEqualTo(new Merging.Other(List.of(Address.of("b")), List.of(Address.of("a"), Address.of("c")), 43));
        assertThat(merging.merge(List.of(small, known))).isEqualTo(new Merging.Impossible(List.of(Address.of("b"))));
    }

    @Test
    void theOrderOfGroupsDoesNotMatterAndConditionsHold() {
        Random random = new Random(41);
        int merged = 0;
        for (int round = 0; round < 500; round++) {
            int threshold = 2 + random.nextInt(12);
            ZeroRule zeros = random.nextBoolean() ? ZeroRule.SHOWN : ZeroRule.HIDDEN;
            List<Group> groups = new ArrayList<>();
            Map<Address, Long> units = new HashMap<>();
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                groups.add(new Group(Address.of("g" + i), random.nextInt(25), random.nextInt(8) == 0));
                units.put(groups.getLast().address(), groups.getLast().units());
            }
            MinimalMerging rule = new MinimalMerging(threshold, zeros);
            Merging merging = rule.merge(groups);
            List<Group> shuffled = new ArrayList<>(groups);
            Collections.shuffle(shuffled, random);
            assertThat(rule.merge(shuffled)).isEqualTo(merging);
            if (merging instanceof Merging.Other other) {
                merged++;
                assertThat(other.units()).isGreaterThanOrEqualTo(threshold);
                assertThat(other.units())
                        .isEqualTo(other.other().stream().mapToLong(units::get).sum());
                assertThat(other.other()).hasSizeGreaterThanOrEqualTo(2);
                for (Group group : groups) {
                    boolean stays = other.kept().contains(group.address());
                    assertThat(stays).isNotEqualTo(other.other().contains(group.address()));
                    assertThat(stays
                                    && !group.published()
                                    && group.units() < threshold
                                    && (group.units() > 0 || zeros == ZeroRule.HIDDEN))
                            .isFalse();
                    assertThat(group.published() && !stays).isFalse();
                }
            }
        }
        assertThat(merged).isGreaterThan(200);
    }

    /** A higher threshold never keeps a group that a lower one merged. */
    @Test
    void raisingTheThresholdNeverShowsMore() {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            List<Group> groups = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                groups.add(new Group(Address.of("g" + i), random.nextInt(30), false));
            }
            Set<Address> before =
                    new TreeSet<>(groups.stream().map(Group::address).toList());
            for (int threshold = 2; threshold < 20; threshold++) {
                Set<Address> kept =
                        new TreeSet<>(kept(groups, new MinimalMerging(threshold, ZeroRule.HIDDEN).merge(groups)));
                assertThat(before).containsAll(kept);
                before = kept;
            }
        }
    }

    /**
     * An attacker who knows the rule, the threshold, which groups are merged and how many they have together, and tries all tables that would be
     * published so. No merged group is ever known exactly. Nearly all are as open as a hidden cell must be: over as many as the threshold, or from at
     * most 1 to at least the threshold. The rest are where the attacker knows, beyond the sizes, that fewer groups would not have been enough: 2, 3
     * and 3 beside 5.
     */
    @Test
    void noMergedGroupIsKnown() {
        for (ZeroRule zeros : ZeroRule.values()) {
            int open = 0;
            int narrow = 0;
            for (int threshold = 3; threshold <= 5; threshold++) {
                for (List<long[]> tables :
                        publishedAlike(new MinimalMerging(threshold, zeros)).values()) {
                    for (int group = 0; group < GROUPS; group++) {
                        int own = group;
                        long[] possible = tables.stream()
                                .mapToLong(table -> table[own])
                                .distinct()
                                .sorted()
                                .toArray();
                        if (tables.getFirst()[GROUPS + group] == 1) {
                            assertThat(possible.length).isGreaterThan(1);
                            long least = possible[0];
                            long greatest = possible[possible.length - 1];
                            boolean enough = greatest - least >= threshold || (least <= 1 && greatest >= threshold);
                            open += enough ? 1 : 0;
                            narrow += enough ? 0 : 1;
                        }
                    }
                }
            }
            assertThat(open).isGreaterThan(3_000);
            assertThat(narrow).isLessThan(open / 100);
        }
    }

    /** All tables of four groups of 0 to 9, by what is published of them; after the units whether each group is merged. */
    private static Map<String, List<long[]>> publishedAlike(MinimalMerging rule) {
        Map<String, List<long[]>> alike = new HashMap<>();
        for (int code = 0; code < 10_000; code++) {
            long[] table = new long[2 * GROUPS];
            List<Group> groups = new ArrayList<>();
            int rest = code;
            for (int i = 0; i < GROUPS; i++) {
                table[i] = rest % 10;
                rest /= 10;
                groups.add(new Group(Address.of("g" + i), table[i], false));
            }
            // With more than nine together the enumeration would be cut off.
            if (rule.merge(groups) instanceof Merging.Other other && other.units() <= 9) {
                StringBuilder published = new StringBuilder();
                for (int i = 0; i < GROUPS; i++) {
                    boolean merged = other.other().contains(Address.of("g" + i));
                    table[GROUPS + i] = merged ? 1 : 0;
                    published.append(merged ? "other " : table[i] + " ");
                }
                alike.computeIfAbsent(published + Long.toString(other.units()), key -> new ArrayList<>())
                        .add(table);
            }
        }
        return alike;
    }

    @Test
    void inputIsChecked() {
        assertThatThrownBy(() -> new MinimalMerging(1, ZeroRule.SHOWN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Group(Address.of("a"), -1, false)).isInstanceOf(IllegalArgumentException.class);
        Group twice = new Group(Address.of("a"), 5, false);
        assertThatThrownBy(() -> new MinimalMerging(3, ZeroRule.SHOWN).merge(List.of(twice, twice)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(twice.toString()).doesNotContain("5");
    }

    private static List<Address> kept(List<Group> groups, Merging merging) {
        return switch (merging) {
            case Merging.NotNeeded all -> groups.stream().map(Group::address).toList();
            case Merging.Other other -> other.kept();
            case Merging.Impossible none -> none.kept();
        };
    }

    private static List<Group> groups(String units) {
        List<Group> groups = new ArrayList<>();
        for (String own : units.split(" ")) {
            String name = Character.toString('a' + groups.size());
            groups.add(new Group(Address.of(name), Long.parseLong(own), false));
        }
        return groups;
    }
}
