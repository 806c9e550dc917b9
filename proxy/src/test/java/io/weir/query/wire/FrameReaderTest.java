package io.weir.query.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final FrameLimits LIMITS = new FrameLimits(1_000, 2_000, 1 << 20, 1_500);

    private final BufferBudget budget = new BufferBudget(100_000);
    private final FrameReader reader = new FrameReader(LIMITS, budget);

    @Test
    void framesComeOutWholeHoweverTheBytesArrive() {
        byte[] stream = new MessageOutput(64)
                .bytes(new Frame('Q', new byte[] {'a', 0}).bytes())
                .bytes(new Frame('S', new byte[0]).bytes())
                .drain();
        reader.expectTags();
        List<Character> tags = new ArrayList<>();
        for (byte b : stream) {
            reader.append(new byte[] {b});
            reader.next().ifPresent(frame -> tags.add(frame.tag()));
        }
        assertThat(tags).containsExactly('Q', 'S');
        assertThat(reader.holdsBytes()).isFalse();
    }

    @Test
    void aFrameAtTheLimitPassesAndOneByteMoreDoesNot() {
        reader.append(new MessageOutput(8).int32(1_000).int32(0).drain());
        assertThat(reader.next()).isEmpty();
        FrameReader other = new FrameReader(LIMITS, budget);
        other.append(new MessageOutput(8).int32(1_001).int32(0).drain());
        assertThatExceptionOfType(ProtocolViolationException.class).isThrownBy(other::next);
    }

    @Test
    void theLargerLimitOpensWithAuthentication() {
        reader.expectTags();
        reader.authenticated();
        reader.append(new MessageOutput(8).int8('Q').int32(2_000).drain());
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void eachKindOfFrameHasItsOwnLimit() {
        for (String frame : List.of("Q 2000", "P 2000", "B 1048576", "d 1500", "E 1500", "? 1500")) {
            char tag = frame.charAt(0);
            int limit = Integer.parseInt(frame.substring(2));
            for (int length : List.of(limit, limit + 1)) {
                FrameReader other = new FrameReader(LIMITS, budget);
                other.expectTags();
                other.authenticated();
                other.append(new MessageOutput(8).int8(tag).int32(length).drain());
                if (length == limit) {
                    assertThat(other.next()).as(frame).isEmpty();
                } else {
                    assertThatExceptionOfType(ProtocolViolationException.class).isThrownBy(other::next);
                }
            }
        }
    }

    @Test
    void halfFramesOfAllConnectionsShareOneBudget() {
        byte[] half = new MessageOutput(60_000)
                .int8('B')
                .int32(1 << 20)
                .bytes(new byte[59_995])
                .drain();
        List<FrameReader> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            FrameReader other = new FrameReader(LIMITS, budget);
            other.expectTags();
            other.authenticated();
            readers.add(other);
        }
        readers.get(0).append(half);
        assertThat(readers.get(0).next()).isEmpty();
        assertThatExceptionOfType(BuffersFullException.class)
                .isThrownBy(() -> readers.get(1).append(half));
        reader.expectTags();
        reader.append(new Frame('S', new byte[0]).bytes());
        assertThat(reader.next()).isPresent();
        readers.forEach(FrameReader::discard);
        assertThat(budget.taken()).isZero();
        readers.get(1).append(half);
        assertThat(budget.taken()).isEqualTo(60_000);
    }
}
