package io.weir.disclosure.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HierarchyTest {

    @Test
    void codesComeFromTheTotalDown() {
        assertThat(Hierarchy.flat("all", "a", "b").split("a", "a1", "a2").codes())
                .containsExactly("all", "a", "b", "a1", "a2");
        assertThat(Hierarchy.flat("all").codes()).containsExactly("all");
    }

    @Test
    void codeListOfParentsIsTheSameTree() {
        assertThat(Hierarchy.ofParents(Map.of("a", "all", "b", "all", "a1", "a", "a2", "a")))
                .isEqualTo(Hierarchy.flat("all", "a", "b").split("a", "a1", "a2"));
    }

    @Test
    void whatIsNoTreeIsRefused() {
        assertThatThrownBy(() -> Hierarchy.flat("all", "a", "a")).hasMessageContaining("part of one code");
        assertThatThrownBy(() -> Hierarchy.flat("all", "all")).hasMessageContaining("total of none");
        assertThatThrownBy(() -> new Hierarchy("all", Map.of("all", List.of("a"), "b", List.of("c"))))
                .hasMessageContaining("one total");
        assertThatThrownBy(
                        () -> new Hierarchy("all", Map.of("all", List.of("a"), "b", List.of("c"), "c", List.of("b"))))
                .hasMessageContaining("one total");
        assertThatThrownBy(() -> new Hierarchy("all", Map.of("all", List.of()))).hasMessageContaining("leaf");
        assertThatThrownBy(() -> Hierarchy.flat("all", "a").split("all", "b")).hasMessageContaining("divided once");
        assertThatThrownBy(() -> Hierarchy.ofParents(Map.of("a", "x", "b", "y")))
                .hasMessageContaining("one total");
        assertThatThrownBy(() -> Hierarchy.ofParents(Map.of("a", "b", "b", "a")))
                .hasMessageContaining("one total");
    }

    @Test
    void dimensionAndTableNameThingsOnce() {
        assertThatThrownBy(() -> new TableDimension("place", List.of())).hasMessageContaining("place");
        TableDimension sex = TableDimension.of("sex", Hierarchy.flat("both", "f", "m"));
        assertThatThrownBy(() -> TableShape.of(0, sex, sex)).hasMessageContaining("once");
    }
}
