package io.weir.disclosure.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {

    @Test
    void sectionsHaveHeadingsAndRepeatableKeys() {
        List<Section> sections =
                Section.parse("format 1\n# comment\npreset a b\n  key one two\n  key three\n\npreset c\n");
        assertThat(sections).hasSize(2);
        assertThat(sections.getFirst().name()).isEqualTo("a b");
        assertThat(sections.getFirst().all("key")).containsExactly("one two", "three");
        assertThat(sections.getLast().all("key")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "format 2\n", "preset a\n", "format 1\n  key value\n", "format 1\npreset\n"})
    void brokenTextIsAnError(String text) {
        assertThatThrownBy(() -> Section.parse(text)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void missingResourceUnknownKeyAndRepeatedSingleValueAreErrors() {
        assertThatThrownBy(() -> Section.read("no-such-thing.txt")).isInstanceOf(IllegalStateException.class);
        Section section =
                Section.parse("format 1\npreset a\n  key one\n  key two\n").getFirst();
        assertThatThrownBy(() -> section.onlyKeys(Set.of("other"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> section.one("key")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> section.one("other")).isInstanceOf(IllegalStateException.class);
    }
}
