package io.weir.pseudonym;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * NHS numbers become ten digits that can never be an NHS number: FF1 on the nine-digit body, then a check digit that is wrong on purpose.
 * Fits {@code char(10)}.
 */
final class NhsPseudonymiser implements Pseudonymiser {
    private final ThreadLocal<DigitPermutation> permutation;
    private final LongAdder invalid = new LongAdder();

    NhsPseudonymiser(PseudonymKey key) {
        permutation = ThreadLocal.withInitial(() -> new DigitPermutation(key, 9));
    }

    @Override
    public int length(int rawLength) {
        return 10;
    }

    @Override
    public @Nullable String pseudonym(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        if (!NhsNumber.isValid(raw)) {
            invalid.increment();
            return null;
        }
        long body = permutation.get().encrypt(NhsNumber.bodyOf(raw));
        return text(body, wrongCheck(body));
    }

    @Override
    public Optional<String> raw(String pseudonym) {
        long encrypted = NhsNumber.bodyOf(pseudonym);
        if (encrypted < 0 || pseudonym.charAt(9) - '0' != wrongCheck(encrypted)) {
            return Optional.empty();
        }
        long body = permutation.get().decrypt(encrypted);
        int check = NhsNumber.check(body);
        return check == 10 ? Optional.empty() : Optional.of(text(body, check));
    }

    @Override
    public long invalid() {
        return invalid.sum();
    }

    /** A digit that is not the check digit of this body; any when there is none. */
    static int wrongCheck(long body) {
        int check = NhsNumber.check(body);
        return (int) (check == 10 ? body % 10 : (check + 1 + body % 9) % 10);
    }

    private static String text(long body, int check) {
        byte[] digits = new byte[10];
        digits[9] = (byte) ('0' + check);
        for (int i = 8; i >= 0; i--) {
            digits[i] = (byte) ('0' + body % 10);
            body /= 10;
        }
        return new String(digits, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
