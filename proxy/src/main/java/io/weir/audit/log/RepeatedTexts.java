package io.weir.audit.log;

import io.weir.audit.format.Disclosure;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Where a long text was kept last, so that a statement which is prepared once and sent a thousand times does not fill the disk a thousand times.
 * Remembers digests, not texts, and no more than the latest few. One thread at a time; forgets everything with its month, whose key erases
 * all of its texts and no others.
 */
final class RepeatedTexts {
    /** Shorter texts are kept each time: what points to them would hardly be shorter. */
    static final int LONG = 512;

    static final int REMEMBERED = 1_024;

    private final Map<String, Long> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The record that this text was kept for before, or nothing, and then it counts as kept for {@code sequence} from now on. */
    OptionalLong before(Disclosure text, long sequence) {
        if (text.value().length() < LONG) {
            return OptionalLong.empty();
        }
        Long first = kept.putIfAbsent(
                Sha256.hex((text.path() + ' ' + text.value()).getBytes(StandardCharsets.UTF_8)), sequence);
        return first == null ? OptionalLong.empty() : OptionalLong.of(first);
    }

    void clear() {
        kept.clear();
    }
}
