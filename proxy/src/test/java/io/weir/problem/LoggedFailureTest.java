package io.weir.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LoggedFailureTest {
    @Test
    void classesAndFramesAreKeptAndMessagesAreNot() {
        Exception failure = new IllegalStateException(
                "bound to 'Mrs Example'", new IllegalArgumentException("Key (n)=(4857773456)"));
        StringWriter trace = new StringWriter();
        LoggedFailure.of(failure).printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .contains("java.lang.IllegalStateException", "Caused by: java.lang.IllegalArgumentException")
                .contains("classesAndFramesAreKeptAndMessagesAreNot")
                .doesNotContain("Example", "4857773456");
        assertThat(LoggedFailure.names(failure)).isEqualTo("IllegalStateException < IllegalArgumentException");
    }

    @Test
    void causesThatGoRoundEnd() {
        Exception one = new IllegalStateException("one");
        Exception two = new IllegalStateException("two", one);
        one.initCause(two);
        assertThat(LoggedFailure.of(one).getStackTrace()).isNotEmpty();
        assertThat(LoggedFailure.names(one)).startsWith("IllegalStateException < IllegalStateException");
    }
}
