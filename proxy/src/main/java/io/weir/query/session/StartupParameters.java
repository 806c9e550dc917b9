package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.wire.FrontendMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the start-up message asks for, checked before anything else hears of it.
 *
 * @param user account name as written
 * @param database project name as written
 * @param settings canonical values of permitted settings
 * @param minor minor protocol version to speak: 0 or 2
 * @param renegotiate whether the client must be told that it gets less than it asked for
 * @param unknownOptions {@code _pq_.} options that are not known
 */
record StartupParameters(
        String user,
        String database,
        Map<Setting, String> settings,
        int minor,
        boolean renegotiate,
        List<String> unknownOptions) {
    private static final int MAX_PARAMETERS = 64;
    private static final int NEWEST_MINOR = 2;

    /** A {@link ProblemException} says why the session cannot open. */
    static StartupParameters read(FrontendMessage.Startup startup) {
        if (startup.major() != 3) {
            throw refused(ProblemCode.UNSUPPORTED, "Only version 3 of the frontend/backend protocol is spoken.");
        }
        if (startup.parameters().size() > MAX_PARAMETERS) {
            throw refused(ProblemCode.PROTOCOL_VIOLATION, "too many start-up parameters");
        }
        String user = startup.parameters().getOrDefault("user", "");
        if (user.isEmpty()) {
            throw refused(ProblemCode.USER_MISSING, "no user name in the start-up message");
        }
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        List<String> unknown = new ArrayList<>();
        startup.parameters().forEach((name, value) -> {
            switch (name) {
                case "user", "database" -> {}
                case "options" -> {
                    if (!value.isBlank()) {
                        throw refused(ProblemCode.UNSUPPORTED, "Command-line options are not accepted at start-up.");
                    }
                }
                case "replication" -> {
                    if (!List.of("false", "off", "no", "0").contains(value.toLowerCase(Locale.ROOT))) {
                        throw refused(ProblemCode.UNSUPPORTED, "Replication is not supported.");
                    }
                }
                default -> {
                    if (name.startsWith("_pq_.")) {
                        unknown.add(name);
                    } else {
                        Setting setting = Setting.named(name);
                        settings.put(setting, setting.canonical(value));
                    }
                }
            }
        });
        int minor = startup.minor() >= NEWEST_MINOR ? NEWEST_MINOR : 0;
        String database = startup.parameters().getOrDefault("database", "");
        return new StartupParameters(
                user,
                database.isEmpty() ? user : database,
                settings,
                minor,
                minor != startup.minor() || !unknown.isEmpty(),
                unknown);
    }

    private static ProblemException refused(ProblemCode code, String detail) {
        return new ProblemException(Problem.of(code, detail));
    }
}
