package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an installation is before anybody has decided anything (S11). */
class FreshInstallationTest {
    @TempDir
    Path directory;

    private ConfigurationLoad load(String yaml) throws IOException {
        return ConfigurationLoader.load(Files.writeString(directory.resolve("weir.yaml"), yaml));
    }

    @Tag("S11")
    @Test
    void anEmptyConfigurationDoesNotLoad() throws IOException {
        assertThat(load("{}")).isInstanceOf(ConfigurationLoad.Rejected.class);
    }

    @Tag("S11")
    @ParameterizedTest
    @EnumSource(names = {"LISTEN_POSTGRES_HOST", "LISTEN_WEB_HOST"})
    void bothDoorsOpenOnLoopbackUnlessSomebodySaysOtherwise(Setting listen) throws IOException {
        assertThat(InetAddress.getByName(listen.fallback()).isLoopbackAddress()).isTrue();
    }

    @Tag("S11")
    @Test
    void thereIsNoStandardSecretAndNoStandardCertificate() {
        assertThat(Arrays.stream(Setting.values())
                        .filter(s -> s.kind().isSecret() || s.path().startsWith("tls."))
                        .map(Setting::fallback))
                .isNotEmpty()
                .containsOnlyNulls();
    }

    /** There is no way to say that somebody is trusted without a proof, or that TLS is not needed. */
    @Tag("S11")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "listen: {postgres: {trust: 10.0.0.0/8}}",
                "listen: {postgres: {tls: false}}",
                "authentication: trust",
                "authentication: {method: password}",
                "users: {ada: secret}",
                "tls: {mode: prefer}"
            })
    void nobodyCanBeTrustedWithoutProof(String setting) throws IOException {
        assertThat(load(setting))
                .isInstanceOfSatisfying(
                        ConfigurationLoad.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .anyMatch(problem -> problem.message().contains("unknown setting")));
        assertThat(Arrays.stream(Setting.values()).map(s -> s.path().toLowerCase(Locale.ROOT)))
                .noneMatch(path -> List.of("trust", "insecure", "plaintext", "anonymous").stream()
                        .anyMatch(path::contains));
    }
}
