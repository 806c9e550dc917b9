package io.weir.pseudonym;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Any other identifier becomes {@code p1} and the AES-SIV ciphertext of its text in lower-case base32 (RFC 4648, no padding). */
final class TokenPseudonymiser implements Pseudonymiser {
    private static final String PREFIX = "p1";
    private static final int LONGEST = 512;

    private final ThreadLocal<AesSiv> siv;
    private final LongAdder invalid = new LongAdder();

    TokenPseudonymiser(PseudonymKey key, String namespace) {
        List<byte[]> associated = List.of(("ns=" + namespace + ";v=1").getBytes(StandardCharsets.UTF_8));
        siv = ThreadLocal.withInitial(() -> new AesSiv(key, associated));
    }

    @Override
    public int length(int rawLength) {
        return PREFIX.length() + ((16 + rawLength) * 8 + 4) / 5;
    }

    @Override
    public @Nullable String pseudonym(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        if (raw.isEmpty() || raw.length() > LONGEST) {
            invalid.increment();
            return null;
        }
        return Base32.encode(PREFIX, siv.get().seal(raw.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<String> raw(String pseudonym) {
        if (!pseudonym.startsWith(PREFIX) || pseudonym.length() > length(LONGEST * 3)) {
            return Optional.empty();
        }
        return Base32.decode(pseudonym.substring(PREFIX.length()))
                .flatMap(ciphertext -> siv.get().open(ciphertext))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public long invalid() {
        return invalid.sum();
    }
}
