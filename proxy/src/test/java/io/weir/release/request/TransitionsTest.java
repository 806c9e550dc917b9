package io.weir.release.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.release.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransitionsTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "request-states.md");

    @Test
    void thePageSaysWhatTheTableSays() throws IOException {
        String expected = page();
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE)
                .as("docs/reference/request-states.md; run with -Dgolden.update=true to rewrite it")
                .hasContent(expected);
    }

    @Test
    void everyPairOfStateAndActionLeadsToAtMostOneState() {
        Set<String> pairs = new HashSet<>();
        Transitions.table()
                .forEach(t -> assertThat(pairs.add(t.from() + " " + t.action()))
                        .as("%s", t)
                        .isTrue());
    }

    @Test
    void everyStateIsReachedAndEveryActionUsed() {
        Set<RequestState> reached = EnumSet.of(RequestState.SUBMITTED);
        Set<RequestAction> used = EnumSet.noneOf(RequestAction.class);
        Transitions.table().forEach(t -> {
            reached.add(t.to());
            used.add(t.action());
        });
        assertThat(reached).containsExactlyInAnyOrder(RequestState.values());
        assertThat(used).containsExactlyInAnyOrder(RequestAction.values());
    }

    @Test
    void onlyStatesThatNobodyOwnsOrThatTheAuthorAnswersWithANewRequestAreFinal() {
        for (RequestState state : RequestState.values()) {
            boolean ends = Transitions.table().stream().noneMatch(t -> t.from() == state);
            assertThat(ends)
                    .as("%s", state)
                    .isEqualTo(state.owner() == StateOwner.NOBODY || state == RequestState.RETURNED);
        }
    }

    @Test
    void nothingIsSealedThatWasNotApprovedAndNothingDeliveredThatWasNotSealed() {
        assertThat(Transitions.table())
                .filteredOn(t -> t.to() == RequestState.SEALED)
                .extracting(Transitions.Transition::from)
                .containsExactly(RequestState.APPROVED);
        assertThat(Transitions.table())
                .filteredOn(t -> t.to() == RequestState.DELIVERED)
                .extracting(Transitions.Transition::from)
                .containsExactly(RequestState.SEALED);
    }

    @Test
    void aStepAgainstTheTableCannotBeBuilt() {
        assertThatThrownBy(
                        () -> Step.of(Fixtures.request(RequestState.SUBMITTED), RequestAction.SEAL, null, Fixtures.NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # States of a release request

                Generated from `io.weir.release.request.Transitions`; a test compares.

                | state | whose turn | meaning |
                | --- | --- | --- |
                """);
        for (RequestState state : RequestState.values()) {
            page.append("| `%s` | %s | %s |%n"
                    .formatted(state.label(), state.owner().label(), state.meaning()));
        }
        page.append("""

                ## Changes

                What is not in this table cannot happen. Every change is one audit record.

                | from | action | to | who | when | audit event |
                | --- | --- | --- | --- | --- | --- |
                """);
        for (Transitions.Transition t : Transitions.table()) {
            page.append("| `%s` | %s | `%s` | %s | %s | `%s` |%n"
                    .formatted(
                            t.from().label(),
                            t.action().label(),
                            t.to().label(),
                            t.action().actor().label(),
                            t.action().meaning(),
                            t.action().event().label()));
        }
        page.append("""

                ## Drawn

                ```mermaid
                stateDiagram-v2
                    [*] --> submitted
                """);
        for (Transitions.Transition t : Transitions.table()) {
            page.append("    %s --> %s: %s%n"
                    .formatted(t.from().label(), t.to().label(), t.action().label()));
        }
        return page.append("```\n").toString();
    }
}
