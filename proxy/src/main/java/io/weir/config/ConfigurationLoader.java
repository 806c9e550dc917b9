package io.weir.config;

import io.weir.config.Configuration.Address;
import io.weir.config.Configuration.Audit;
import io.weir.config.Configuration.Database;
import io.weir.config.Configuration.Limits;
import io.weir.config.Configuration.Policy;
import io.weir.config.Configuration.Pseudonyms;
import io.weir.config.Configuration.Tls;
import io.weir.policy.SecretReference;
import io.weir.yaml.Scalars;
import io.weir.yaml.Spelling;
import io.weir.yaml.YamlProblems;
import io.weir.yaml.YamlReader;
import io.weir.yaml.YamlSection;
import io.weir.yaml.YamlValue;
import io.weir.yaml.YamlValue.Mapping;
import io.weir.yaml.YamlValue.Scalar;
import io.weir.yaml.YamlValue.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code weir.yaml}. */
public final class ConfigurationLoader {
    private static final SecretReference NO_SECRET = new SecretReference.Env("UNSET");

    private final String file;
    private final Path directory;
    private final YamlProblems problems;
    private final Map<String, Scalar> values = new LinkedHashMap<>();

    private ConfigurationLoader(String file, Path directory, YamlProblems problems) {
        this.file = file;
        this.directory = directory;
        this.problems = problems;
    }

    /** @throws IOException when the file cannot be read */
    public static ConfigurationLoad load(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        String name = String.valueOf(absolute.getFileName());
        Path parent = absolute.getParent();
        YamlProblems problems = new YamlProblems();
        Optional<YamlSection> top = YamlReader.read(name, Files.readAllBytes(absolute), problems);
        if (top.isPresent()) {
            ConfigurationLoader loader = new ConfigurationLoader(name, parent == null ? absolute : parent, problems);
            Configuration configuration = loader.read(top.get().value());
            if (problems.count() == 0) {
                return new ConfigurationLoad.Loaded(configuration);
            }
        }
        return new ConfigurationLoad.Rejected(problems.sorted());
    }

    private Configuration read(Mapping top) {
        flatten(top, "");
        return new Configuration(
                directory,
                new Address(text(Setting.LISTEN_POSTGRES_HOST), number(Setting.LISTEN_POSTGRES_PORT)),
                new Address(text(Setting.LISTEN_WEB_HOST), number(Setting.LISTEN_WEB_PORT)),
                new Tls(path(Setting.TLS_CERTIFICATE), path(Setting.TLS_KEY)),
                new Database(text(Setting.STORE_URL), text(Setting.STORE_USER), secret(Setting.STORE_PASSWORD)),
                new Database(text(Setting.SHADOW_URL), text(Setting.SHADOW_USER), secret(Setting.SHADOW_PASSWORD)),
                new Audit(
                        path(Setting.AUDIT_DIRECTORY),
                        text(Setting.AUDIT_ORIGIN),
                        secret(Setting.AUDIT_SIGNING_KEY),
                        secret(Setting.AUDIT_DISCLOSURE_KEY)),
                new Policy(path(Setting.POLICY_DIRECTORY), zone()),
                new Pseudonyms(
                        path(Setting.PSEUDONYM_KEY_FILE),
                        optionalSecret(Setting.PSEUDONYM_PASSPHRASE),
                        path(Setting.PSEUDONYM_MASTERS),
                        number(Setting.PSEUDONYM_EPOCH)),
                path(Setting.SPOOL_DIRECTORY),
                new Limits(
                        number(Setting.LIMIT_CONNECTIONS),
                        number(Setting.LIMIT_PER_PERSON),
                        number(Setting.LIMIT_STATEMENT),
                        number(Setting.LIMIT_CELLS),
                        number(Setting.LIMIT_ROWS),
                        Duration.ofSeconds(number(Setting.LIMIT_SECONDS)),
                        Duration.ofSeconds(number(Setting.LIMIT_IDLE))));
    }

    private void flatten(Mapping mapping, String prefix) {
        for (Map.Entry<String, YamlValue> entry : mapping.entries().entrySet()) {
            String path = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
            switch (entry.getValue()) {
                case Mapping inner -> flatten(inner, path);
                case Sequence list -> problems.add(file, list.line(), path, "no setting is a list", "write one value");
                case Scalar scalar -> known(path, scalar);
            }
        }
    }

    private void known(String path, Scalar scalar) {
        List<String> paths = Arrays.stream(Setting.values())
                .flatMap(s -> s.kind().isSecret()
                        ? java.util.stream.Stream.of(s.path(), s.path() + ".env", s.path() + ".file")
                        : java.util.stream.Stream.of(s.path()))
                .toList();
        if (paths.contains(path)) {
            values.put(path, scalar);
            return;
        }
        String near = Spelling.nearest(path, paths);
        problems.add(
                file,
                scalar.line(),
                path,
                "unknown setting",
                near == null ? "see docs/reference/configuration.md" : "did you mean '" + near + "'?");
    }

    private String text(Setting setting) {
        String text = valueOf(setting);
        if (setting.kind() == Setting.Kind.JDBC
                && (!text.startsWith("jdbc:postgresql:") || text.matches(".*[?&](user|password)=.*"))) {
            problem(
                    setting,
                    "not a JDBC URL of PostgreSQL without credentials",
                    "write jdbc:postgresql://host:5432/name");
        }
        return text;
    }

    private int number(Setting setting) {
        boolean port = setting.kind() == Setting.Kind.PORT;
        try {
            return Scalars.wholeNumber(valueOf(setting), port ? 0 : 1, port ? 65_535 : Integer.MAX_VALUE);
        } catch (IllegalArgumentException e) {
            problem(setting, String.valueOf(e.getMessage()), "");
            return 1;
        }
    }

    private Path path(Setting setting) {
        return directory.resolve(valueOf(setting)).normalize();
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(valueOf(Setting.POLICY_TIME_ZONE));
        } catch (java.time.DateTimeException e) {
            problem(Setting.POLICY_TIME_ZONE, "this is not a time zone", "write Europe/London");
            return ZoneId.of("UTC");
        }
    }

    private SecretReference secret(Setting setting) {
        Optional<SecretReference> secret = optionalSecret(setting);
        if (secret.isEmpty() && !values.containsKey(setting.path())) {
            problem(setting, "'" + setting.path() + "' is missing", "write {env: NAME} or {file: path}");
        }
        return secret.orElse(NO_SECRET);
    }

    private Optional<SecretReference> optionalSecret(Setting setting) {
        if (values.containsKey(setting.path())) {
            problem(
                    setting,
                    "a secret must not stand in the file",
                    "write {env: NAME} or {file: path}, and change the secret");
            return Optional.empty();
        }
        Scalar env = values.get(setting.path() + ".env");
        Scalar path = values.get(setting.path() + ".file");
        if (env != null && path != null) {
            problems.add(file, env.line(), setting.path(), "a secret is found in one place", "keep env or file");
        }
        if (env != null) {
            return Optional.of(new SecretReference.Env(env.text()));
        }
        return path == null ? Optional.empty() : Optional.of(new SecretReference.File(path.text()));
    }

    /** The value as written, the default, or a placeholder after reporting that it is missing. */
    private String valueOf(Setting setting) {
        Scalar scalar = values.get(setting.path());
        if (scalar != null && !scalar.text().isEmpty()) {
            return scalar.text();
        }
        String fallback = setting.fallback();
        if (fallback == null) {
            problem(setting, "'" + setting.path() + "' is missing", "add it: " + setting.description());
            return setting.kind() == Setting.Kind.JDBC ? "jdbc:postgresql:" : "1";
        }
        return fallback;
    }

    private void problem(Setting setting, String message, String remedy) {
        Scalar scalar = values.get(setting.path());
        problems.add(file, scalar == null ? 0 : scalar.line(), setting.path(), message, remedy);
    }
}
