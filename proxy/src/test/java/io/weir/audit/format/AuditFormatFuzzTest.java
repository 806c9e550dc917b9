package io.weir.audit.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Whatever bytes come, the readers answer with a value or a FormatException, and what they accept is what the writer writes. */
class AuditFormatFuzzTest {
    @FuzzTest
    void segmentReader(byte[] data) throws IOException {
        SegmentReader reader = new SegmentReader(new ByteArrayInputStream(data));
        long offset = 0;
        for (SegmentReader.Piece piece = reader.next(); piece != null; piece = reader.next()) {
            assertThat(piece.offset()).isEqualTo(offset);
            switch (piece) {
                case SegmentReader.Line(long at, byte[] bytes) -> {
                    offset += bytes.length + 1;
                    line(bytes);
                }
                case SegmentReader.Unfinished(long at, byte[] bytes) -> offset += bytes.length;
                case SegmentReader.Overlong(long at) -> {
                    return;
                }
            }
        }
        assertThat(offset).isEqualTo(data.length);
    }

    @FuzzTest
    void signedNote(byte[] data) {
        try {
            SignedNote note = SignedNote.parse(data);
            assertThat(note.encode().getBytes(StandardCharsets.UTF_8)).isEqualTo(data);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            assertThat(checkpoint.encode()).isEqualTo(note.text());
        } catch (FormatException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }

    private static void line(byte[] bytes) {
        try {
            SegmentLine line = SegmentLine.parse(bytes);
            assertThat(line.encode()).startsWith(bytes).hasSize(bytes.length + 1);
            Leaf leaf = Leaf.parse(line.leaf());
            assertThat(leaf.encode()).isEqualTo(line.leaf());
        } catch (FormatException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }
}
