package io.weir.release.request;

import java.util.random.RandomGenerator;

/** A request's name: {@code req-} and 16 random characters. Also part of names on the far side; not a secret. */
public record RequestId(String value) implements Comparable<RequestId> {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    public RequestId {
        if (!isRequestId(value)) {
            throw new IllegalArgumentException("not a request id");
        }
    }

    /** Whether a text from outside can be a request id. */
    public static boolean isRequestId(String text) {
        return text.matches("req-[0-9a-hjkmnp-tv-z]{16}");
    }

    /** 80 random bits. */
    public static RequestId random(RandomGenerator random) {
        StringBuilder text = new StringBuilder("req-");
        for (int i = 0; i < 16; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new RequestId(text.toString());
    }

    @Override
    public int compareTo(RequestId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
