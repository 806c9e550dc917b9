package io.weir.query.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/** Whatever arrives is a message or a protocol violation; nothing else is thrown. */
class FrontendDecoderFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void anyBytesAreFramesOrAViolation(FuzzedDataProvider data) {
        FrameReader reader =
                new FrameReader(new FrameLimits(10_000, 100_000, 100_000, 100_000), new BufferBudget(1 << 20));
        boolean startup = data.consumeBoolean();
        boolean early = startup;
        if (!startup) {
            reader.expectTags();
        }
        try {
            while (data.remainingBytes() > 0) {
                reader.append(data.consumeBytes(data.consumeInt(1, 64)));
                for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                    if (startup) {
                        assertThat(FrontendDecoder.decodeStartup(frame.get())).isNotNull();
                    } else if (frame.get().tag() == 'p') {
                        early = true;
                        assertThat(FrontendDecoder.decodeSaslInitial(frame.get()))
                                .isNotNull();
                    } else {
                        assertThat(FrontendDecoder.decode(frame.get())).isNotNull();
                    }
                }
            }
        } catch (ProtocolViolationException | UnreadableMessageException expected) {
            assertThat(expected).hasMessageNotContaining("java.");
            assertThat(early && expected instanceof UnreadableMessageException).isFalse();
        }
    }
}
