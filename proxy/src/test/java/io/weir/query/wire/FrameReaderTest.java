package io.weir.query.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final FrameReader reader = new FrameReader(new FrameLimits(1_000, 2_000));

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
        FrameReader other = new FrameReader(new FrameLimits(1_000, 2_000));
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
}
