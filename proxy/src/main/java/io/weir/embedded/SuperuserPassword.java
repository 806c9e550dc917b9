package io.weir.embedded;

import java.security.SecureRandom;
import java.util.Base64;

/** The generated password of a cluster's superuser. Prints as {@code ***}. */
public record SuperuserPassword(String value) {
    static SuperuserPassword generate(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return new SuperuserPassword(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return "***";
    }
}
