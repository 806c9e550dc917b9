package io.weir.query.catalog.shadow;

import io.weir.embedded.TestPostgres;
import java.security.SecureRandom;

/** One shadow for all tests of a JVM that do not break it; it ends with the JVM. */
final class SharedShadow {
    private SharedShadow() {}

    private static final class Holder {
        static final ShadowCatalogue CATALOGUE = start();
    }

    static ShadowCatalogue catalogue() {
        return Holder.CATALOGUE;
    }

    static EmbeddedShadowServer newServer() {
        return new EmbeddedShadowServer(
                TestPostgres.temporaryDirectory(), TestPostgres.binariesCache(), new SecureRandom());
    }

    private static ShadowCatalogue start() {
        return new ShadowCatalogue(newServer(), ShadowLimits.standard(), new SecureRandom());
    }
}
