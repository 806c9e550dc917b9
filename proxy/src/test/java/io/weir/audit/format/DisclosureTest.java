package io.weir.audit.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DisclosureTest {
    @Test
    void workedExampleIsReproduced() throws Exception {
        Disclosure disclosure = new Disclosure("BwcHBwcHBwcHBwcHBwcHBw", "actor.email", "a.researcher@example.ac.uk");
        assertThat(disclosure.encode())
                .isEqualTo(
                        "WyJCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3IiwiYWN0b3IuZW1haWwiLCJhLnJlc2VhcmNoZXJAZXhhbXBsZS5hYy51ayJd");
        assertThat(disclosure.digest()).isEqualTo("gUdcxeckrdhjqTva9mgaJ-QFYJGzubALrIZ2FJQLDgw");
        assertThat(Disclosure.parse(disclosure.encode())).isEqualTo(disclosure);
        assertThat(disclosure.toString()).doesNotContain("researcher");
    }

    @Test
    void otherArraysAreRefused() {
        assertThatThrownBy(() -> Disclosure.parse("W10")).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> Disclosure.parse("***")).isInstanceOf(FormatException.class);
    }
}
