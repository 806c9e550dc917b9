package io.weir.disclosure.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarginEquationsTest {

    @Test
    void rollupSumsEachLevelFromTheNextFiner() {
        List<Address> rows = List.of(
                new Address(0, List.of("a", "x")),
                new Address(0, List.of("a", "y")),
                new Address(0, List.of("b", "x")),
                new Address(1, List.of("a")),
                new Address(1, List.of("b")),
                new Address(2, List.of()));
        List<GroupingSet> sets = List.of(GroupingSet.of(0, 0, 1), GroupingSet.of(1, 0), GroupingSet.of(2));
        assertThat(MarginEquations.of(rows, sets))
                .containsExactlyInAnyOrder(
                        MarginEquation.margin(5, List.of(3, 4)),
                        MarginEquation.margin(3, List.of(0, 1)),
                        MarginEquation.margin(4, List.of(2)));
    }

    @Test
    void cubeSumsAlongEveryColumn() {
        List<Address> rows = List.of(
                new Address(0, List.of("a", "x")),
                new Address(0, List.of("b", "x")),
                new Address(1, List.of("a")),
                new Address(1, List.of("b")),
                new Address(2, List.of("x")),
                new Address(3, List.of()));
        List<GroupingSet> sets =
                List.of(GroupingSet.of(0, 0, 1), GroupingSet.of(1, 0), GroupingSet.of(2, 1), GroupingSet.of(3));
        assertThat(MarginEquations.of(rows, sets))
                .containsExactlyInAnyOrder(
                        MarginEquation.margin(5, List.of(2, 3)),
                        MarginEquation.margin(5, List.of(4)),
                        MarginEquation.margin(2, List.of(0)),
                        MarginEquation.margin(3, List.of(1)),
                        MarginEquation.margin(4, List.of(0, 1)));
    }

    @Test
    void missingLevelIsBridged() {
        List<Address> rows = List.of(
                new Address(0, List.of("a", "x")), new Address(0, List.of("b", "y")), new Address(1, List.of()));
        assertThat(MarginEquations.of(rows, List.of(GroupingSet.of(0, 0, 1), GroupingSet.of(1))))
                .containsExactly(MarginEquation.margin(2, List.of(0, 1)));
    }

    @Test
    void marginThatNobodyAskedForIsImpliedByTwoSetsThatShareIt() {
        List<Address> rows = List.of(
                new Address(0, List.of("a", "x")),
                new Address(0, List.of("a", "y")),
                new Address(0, List.of("b", "x")),
                new Address(1, List.of("a", "1")),
                new Address(1, List.of("b", "1")),
                new Address(1, List.of("b", "2")));
        assertThat(MarginEquations.of(rows, List.of(GroupingSet.of(0, 0, 1), GroupingSet.of(1, 0, 2))))
                .containsExactlyInAnyOrder(
                        new MarginEquation(List.of(0, 1), List.of(3)), new MarginEquation(List.of(2), List.of(4, 5)));
    }

    @Test
    void disjointSetsShareTheGrandTotal() {
        List<Address> rows =
                List.of(new Address(0, List.of("a")), new Address(0, List.of("b")), new Address(1, List.of("x")));
        assertThat(MarginEquations.of(rows, List.of(GroupingSet.of(0, 0), GroupingSet.of(1, 1))))
                .containsExactly(new MarginEquation(List.of(0, 1), List.of(2)));
    }

    @Test
    void repeatedGroupingSetIsTheSameCellTwice() {
        List<Address> rows = List.of(new Address(0, List.of("a")), new Address(1, List.of("a")));
        assertThat(MarginEquations.of(rows, List.of(GroupingSet.of(0, 0), GroupingSet.of(1, 0))))
                .containsExactly(new MarginEquation(List.of(0), List.of(1)));
    }

    @Test
    void oneSetHasNoEquations() {
        assertThat(MarginEquations.of(List.of(Address.of("a"), Address.of("b")), List.of(GroupingSet.of(0, 0))))
                .isEmpty();
    }

    @Test
    void addressThatDoesNotFitItsSetIsRefused() {
        assertThatThrownBy(() -> MarginEquations.of(List.of(Address.of("a", "b")), List.of(GroupingSet.of(0, 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MarginEquations.of(List.of(new Address(7, List.of())), List.of(GroupingSet.of(0, 0))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
