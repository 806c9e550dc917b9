package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.policy.SecretReference;
import io.weir.yaml.YamlProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {
    private static final String COMPLETE = """
            tls: {certificate: tls/server.pem, key: tls/server.key}
            controlStore:
              url: jdbc:postgresql://127.0.0.1:5433/weir
              password: {env: STORE_PASSWORD}
            shadowCatalogue:
              url: jdbc:postgresql://127.0.0.1:5433/postgres
              password: {file: secrets/shadow}
            audit:
              directory: audit
              origin: tre.example.org/audit
              signingKey: {file: secrets/audit-key}
              disclosureKey: {file: secrets/disclosure-key}
            policy: {directory: policy}
            pseudonyms: {keyEncryptionKey: secrets/kek, masters: masters}
            spool: {directory: spool}
            """;

    @TempDir
    Path directory = Path.of("set by JUnit");

    @Test
    void aCompleteFileLoadsWithDefaults() throws IOException {
        assertThat(load(COMPLETE)).isInstanceOfSatisfying(ConfigurationLoad.Loaded.class, loaded -> {
            Configuration c = loaded.configuration();
            assertThat(c.postgres()).isEqualTo(new Configuration.Address("127.0.0.1", 5432));
            assertThat(c.tls().key()).isEqualTo(c.directory().resolve("tls/server.key"));
            assertThat(c.controlStore().password()).isEqualTo(new SecretReference.Env("STORE_PASSWORD"));
            assertThat(c.limits().statement()).isEqualTo(Duration.ofMinutes(2));
        });
    }

    @Test
    void allProblemsAreToldAtOnceWithTheirLines() throws IOException {
        List<YamlProblem> problems = problems(COMPLETE.replace("{env: STORE_PASSWORD}", "hunter2")
                .replace("spool:", "spol:")
                .replace("origin: tre.example.org/audit", "origins: x")
                .concat("limits: {connections: many}\n"));
        assertThat(problems)
                .extracting(p -> p.line() + " " + p.path())
                .contains(
                        "4 controlStore.password",
                        "16 limits.connections",
                        "10 audit.origins",
                        "15 spol.directory",
                        "0 audit.origin",
                        "0 spool.directory");
        assertThat(problems).noneMatch(p -> p.toString().contains("hunter2"));
    }

    @Test
    void credentialsInUrlsAreRefused() throws IOException {
        assertThat(problems(COMPLETE.replace("5433/weir", "5433/weir?password=x")))
                .anyMatch(p -> p.path().equals("controlStore.url"));
    }

    @Test
    void secretsAreReadWithoutTheNewlineAndPrintStars() throws IOException {
        Files.writeString(directory.resolve("s"), "open sesame\n");
        Secrets secrets = new Secrets(directory, name -> Optional.empty());
        assertThat(secrets.read(new SecretReference.File("s")).reveal()).isEqualTo("open sesame");
        assertThat(secrets.read(new SecretReference.File("s"))).hasToString("***");
        assertThatThrownBy(() -> secrets.read(new SecretReference.Env("NOT_SET")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> secrets.read(new SecretReference.File("none"))).isInstanceOf(IOException.class);
    }

    @Test
    void theReferencePageIsUpToDate() throws IOException {
        Path page = Path.of("../docs/reference/configuration.md");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(Path.of("../docs/reference"));
            Files.writeString(page, ConfigurationReference.markdown());
        }
        assertThat(Files.readString(page)).isEqualTo(ConfigurationReference.markdown());
    }

    private ConfigurationLoad load(String text) throws IOException {
        Path file = directory.resolve("weir.yaml");
        Files.writeString(file, text);
        return ConfigurationLoader.load(file);
    }

    private List<YamlProblem> problems(String text) throws IOException {
        return load(text) instanceof ConfigurationLoad.Rejected(List<YamlProblem> problems) ? problems : List.of();
    }
}
