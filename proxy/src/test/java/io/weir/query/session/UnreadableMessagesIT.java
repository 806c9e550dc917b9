package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages whose frame is whole and whose body is not what it should be: they end a session where they end one of PostgreSQL, and are an
 * error with the same SQLSTATE otherwise.
 */
@Tag("S3")
class UnreadableMessagesIT extends OnBothServers {
    /** Where a message may arrive: what is sent before it. */
    private static final Map<String, List<byte[]>> STATES = states();

    /** PostgreSQL looks for the statement, and at the transaction, while it reads a Bind; Weir when it has read it. */
    private static final Set<String> HAVE_A_STATEMENT =
            Set.of("after Parse", "in a transaction", "before Sync after an error");

    private static final Map<String, byte[]> MESSAGES = messages();

    private static Map<String, List<byte[]>> states() {
        Map<String, List<byte[]>> states = new LinkedHashMap<>();
        states.put("at first", List.of());
        states.put("after Parse", List.of(parse("s", "SELECT echo($1)")));
        states.put("in a transaction", List.of(WireClient.query("BEGIN"), parse("s", "SELECT echo($1)")));
        states.put("in a failed transaction", List.of(WireClient.query("BEGIN"), WireClient.query("nonsense")));
        states.put("before Sync after an error", List.of(parse("s", "nonsense")));
        return states;
    }

    private static Map<String, byte[]> messages() {
        Map<String, byte[]> messages = new LinkedHashMap<>();
        messages.put("Query without an end", frame('Q', text("SELECT 1")));
        messages.put("Query and more", frame('Q', text("SELECT 1\0more")));
        messages.put("Query of nothing", frame('Q', new byte[0]));
        messages.put("Query of bytes", frame('Q', bytes(0xff, 0)));
        messages.put("Query of a text cut off", frame('Q', bytes('a', 0xc3, 0)));
        messages.put("Query of an overlong NUL", frame('Q', bytes(0xc0, 0x80, 0)));
        messages.put("Query of a surrogate", frame('Q', bytes(0xed, 0xa0, 0x80, 0)));
        messages.put("Query beyond Unicode", frame('Q', bytes(0xf4, 0x90, 0x80, 0x80, 0)));
        messages.put("Parse whose name is bytes", frame('P', bytes(0xff, 0, 'x', 0, 0, 0)));
        messages.put("Parse of bytes", frame('P', bytes(0, 0xff, 0, 0, 0)));
        messages.put("Parse without types", frame('P', text("\0SELECT 1\0")));
        messages.put("Parse without an end", frame('P', text("\0SELECT 1")));
        messages.put("Parse of more types than it has", frame('P', text("\0SELECT 1\0\0\1")));
        messages.put("Parse of 65,535 types", frame('P', bytes(0, 'x', 0, 0xff, 0xff)));
        messages.put("Parse and more", frame('P', text("\0SELECT 1\0\0\0more")));
        messages.put("Bind of nothing", frame('B', new byte[0]));
        messages.put("Bind of a portal without an end", frame('B', text("p")));
        messages.put("Bind whose portal is bytes", frame('B', bytes(0xff, 0, 's', 0, 0, 0, 0, 0, 0, 0)));
        messages.put("Bind of 65,535 formats", bind(out -> out.int16(0xffff)));
        messages.put(
                "Bind of two formats for one value",
                bind(out -> one(out.int16(2).int16(0).int16(0))));
        messages.put("Bind of 65,535 values", bind(out -> out.int16(0).int16(0xffff)));
        messages.put(
                "Bind of no value for one", bind(out -> out.int16(0).int16(0).int16(0)));
        messages.put("Bind of a value of length -2", bind(out -> value(out, -2, 0)));
        messages.put("Bind of a value beyond the end", bind(out -> value(out, 5, 4)));
        messages.put("Bind of the longest value", bind(out -> value(out, Integer.MAX_VALUE, 4)));
        messages.put("Bind of the most negative length", bind(out -> value(out, Integer.MIN_VALUE, 4)));
        messages.put(
                "Bind of a value of bytes", bind(out -> value(out, 1, 0xff, 1).int16(0)));
        messages.put("Bind of a value with NUL", bind(out -> value(out, 1, 0, 1).int16(0)));
        messages.put("Bind of a value of format 2", bind(out -> one(out.int16(1).int16(2))));
        messages.put(
                "Bind of a binary text of bytes",
                bind(out -> out.int16(1).int16(1).int16(1).int32(1).int8(0xff).int16(0)));
        messages.put("Bind without result formats", bind(out -> value(out, 1, 'x', 1)));
        messages.put(
                "Bind of more result formats than it has",
                bind(out -> value(out, 1, 'x', 1).int16(0x8000)));
        messages.put(
                "Bind of two result formats for a column",
                bind(out -> value(out, 1, 'x', 1).int16(2).int16(0).int16(0)));
        messages.put("Bind and more", bind(out -> value(out, 1, 'x', 1).int16(0).int8(7)));
        messages.put("Describe of no kind", frame('D', bytes('X', 0)));
        messages.put("Describe of nothing", frame('D', new byte[0]));
        messages.put("Describe without an end", frame('D', text("Ss")));
        messages.put("Describe of bytes", frame('D', bytes('S', 0xff, 0)));
        messages.put("Describe and more", frame('D', text("Ss\0more")));
        messages.put("Close of no kind", frame('C', bytes('X', 0)));
        messages.put("Close of nothing", frame('C', new byte[0]));
        messages.put("Close of bytes", frame('C', bytes('P', 0xfe, 0)));
        messages.put("Close and more", frame('C', text("Ps\0more")));
        messages.put("Execute without a maximum", frame('E', text("\0")));
        messages.put("Execute of half a maximum", frame('E', bytes(0, 0, 0)));
        messages.put("Execute of bytes", frame('E', bytes(0xff, 0, 0, 0, 0, 0)));
        messages.put("Execute and more", frame('E', text("\0\0\0\0\0more")));
        messages.put("Flush and more", frame('H', text("more")));
        messages.put("Sync and more", frame('S', text("more")));
        messages.put("CopyDone and more", frame('c', text("more")));
        messages.put("CopyFail without an end", frame('f', text("more")));
        messages.put("CopyData of bytes", frame('d', bytes(0xff)));
        messages.put("Terminate and more", frame('X', text("more")));
        messages.put("a password", frame('p', text("secret\0")));
        messages.put("no kind", frame('?', new byte[0]));
        messages.put("no kind of letter", frame((char) 0xff, new byte[0]));
        messages.put("a message of the server", frame('Z', text("I")));
        return messages;
    }

    static Stream<String> names() {
        return MESSAGES.keySet().stream();
    }

    @Tag("S22")
    @ParameterizedTest
    @MethodSource("names")
    void aMessageThatCannotBeReadIsAnsweredAsPostgresAnswersIt(String name) throws IOException {
        for (Map.Entry<String, List<byte[]>> state : STATES.entrySet()) {
            if (name.startsWith("Bind") && !HAVE_A_STATEMENT.contains(state.getKey())) {
                continue;
            }
            List<byte[]> frames = new ArrayList<>(state.getValue());
            frames.add(MESSAGES.get(name));
            assertThat(both.weir(frames))
                    .as(name + ", " + state.getKey())
                    .isNotEmpty()
                    .isEqualTo(both.postgres(frames));
        }
        assertThat(both.weir.desk.openAnswers).hasValue(0);
    }

    /** PostgreSQL says nothing, Weir says why. */
    @Test
    void aLengthThatIsNotTrueEndsTheSessionInBoth() throws IOException {
        for (int length : new int[] {-1, 0, 3, Integer.MAX_VALUE}) {
            List<byte[]> frames =
                    List.of(new MessageOutput(8).int8('Q').int32(length).drain());
            assertThat(both.weir(frames)).containsExactly("E FATAL 08P01", "closed");
            assertThat(both.postgres(frames)).containsExactly("closed");
        }
    }

    @Test
    void aClientMaySendThemForEver() throws IOException {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            frames.addAll(MESSAGES.entrySet().stream()
                    .filter(entry ->
                            entry.getKey().startsWith("Query") || entry.getKey().startsWith("Sync"))
                    .map(Map.Entry::getValue)
                    .toList());
        }
        assertThat(both.weir(frames)).hasSize(frames.size() * 2 + 4).endsWith("C START TRANSACTION", "Z T");
    }

    private interface Body {
        MessageOutput write(MessageOutput out);
    }

    private static byte[] bind(Body rest) {
        return frame(
                'B', rest.write(new MessageOutput(64).string("").string("s")).drain());
    }

    private static MessageOutput one(MessageOutput out) {
        return out.int16(1).int32(1).int8('x').int16(0);
    }

    private static MessageOutput value(MessageOutput out, int length, int bytes) {
        return out.int16(0).int16(1).int32(length).bytes(new byte[bytes]);
    }

    private static MessageOutput value(MessageOutput out, int length, int octet, int times) {
        MessageOutput written = value(out, length, 0);
        for (int i = 0; i < times; i++) {
            written = written.int8(octet);
        }
        return written;
    }

    private static byte[] parse(String name, String sql) {
        return frame(
                'P', new MessageOutput(64).string(name).string(sql).int16(0).drain());
    }

    private static byte[] frame(char tag, byte[] body) {
        return WireClient.message(tag, body);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return bytes;
    }
}
