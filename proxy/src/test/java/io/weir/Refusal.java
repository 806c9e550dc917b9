package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.weir.query.session.WireClient;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * All that a client was told when it was refused.
 *
 * @param where context, internal query, names of objects, file and line of the server: all that else might talk
 */
record Refusal(String state, String message, String detail, String hint, String where) {
    /** What no client may ever read: machines, accounts of ours, sources' words, code. */
    private static final String[] NEVER = {
        "127.0.0.1",
        "localhost",
        "jdbc:",
        "weir_reader",
        "exception",
        "io.weir",
        "org.postgresql",
        "calcite",
        ".java",
        "\tat ",
        "terminating connection due to administrator",
        "connection refused",
        "postmaster",
        "no space left",
        "given_name",
        "opted_out"
    };

    /** The refusal of this call, which must be refused by the server. */
    static Refusal of(ThrowingCallable call) {
        Throwable refused = catchThrowable(call);
        ServerErrorMessage told = refused instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (told == null) {
            throw new AssertionError("not refused by the server", refused);
        }
        return new Refusal(
                        text(told.getSQLState()),
                        text(told.getMessage()),
                        text(told.getDetail()),
                        text(told.getHint()),
                        String.join(
                                "|",
                                Stream.of(
                                                told.getWhere(),
                                                told.getInternalQuery(),
                                                told.getFile(),
                                                told.getRoutine(),
                                                told.getSchema(),
                                                told.getTable(),
                                                told.getColumn(),
                                                told.getDatatype(),
                                                told.getConstraint())
                                        .map(Refusal::text)
                                        .toList()))
                .saysNothingOfOurs();
    }

    /** The same from an ErrorResponse. */
    static Refusal of(WireClient.Message message) {
        assertThat(message.tag()).isEqualTo('E');
        return new Refusal(
                        message.field('C'),
                        message.field('M'),
                        message.field('D'),
                        message.field('H'),
                        "Wqpstcd nFLR"
                                .chars()
                                .mapToObj(code -> message.field((char) code))
                                .collect(java.util.stream.Collectors.joining()))
                .saysNothingOfOurs();
    }

    private static String text(@Nullable String maybe) {
        return maybe == null ? "" : maybe;
    }

    private Refusal saysNothingOfOurs() {
        assertThat(everything().toLowerCase(Locale.ROOT)).doesNotContain(NEVER);
        assertThat(where.replace("|", "")).isEmpty();
        assertThat(message).isNotBlank();
        // The mark under which the operator finds the cause.
        assertThat(detail).matches("(?s).*code [A-Z_]+, reference [0-9a-f]{16}-[0-9]+");
        return this;
    }

    private String everything() {
        return message + "\n" + detail + "\n" + hint + "\n" + where;
    }

    Refusal is(String expectedState, String code) {
        assertThat(state).as(everything()).isEqualTo(expectedState);
        assertThat(detail).contains("code " + code + ",");
        return this;
    }

    /** Tells a person what to do. */
    Refusal advises(String... words) {
        assertThat(hint).as(everything()).isNotBlank();
        for (String word : words) {
            assertThat(hint).contains(word);
        }
        return this;
    }

    /** Says what exactly, beside the code and the reference. */
    Refusal explains(String... words) {
        String what = detail.replaceFirst("code [A-Z_]+, reference .*", "").strip();
        assertThat(what).as(everything()).isNotEmpty();
        for (String word : words) {
            assertThat(what).contains(word);
        }
        return this;
    }

    /** Does not repeat what the client or somebody else wrote. */
    Refusal hides(String... words) {
        assertThat(everything()).doesNotContain(words);
        return this;
    }

    /** The words without the reference, which differs each time. */
    String words() {
        return message + "\n" + detail.replaceFirst("reference .*", "") + "\n" + hint;
    }
}
