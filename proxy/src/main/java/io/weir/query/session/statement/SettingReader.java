package io.weir.query.session.statement;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.session.statement.SessionStatement.NoEffect;
import io.weir.query.session.statement.SessionStatement.Reset;
import io.weir.query.session.statement.SessionStatement.ResetAll;
import io.weir.query.session.statement.SessionStatement.Set;
import io.weir.query.session.statement.SessionStatement.SetTransaction;
import io.weir.query.session.statement.SessionStatement.Show;
import io.weir.query.session.statement.SessionStatement.ShowAll;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SET, RESET and SHOW. Names are lower-case words, possibly with a dot. */
final class SettingReader {
    private final TokenCursor in;

    SettingReader(TokenCursor in) {
        this.in = in;
    }

    SessionStatement read(String verb) {
        SessionStatement statement = switch (verb) {
            case "set" -> set();
            case "reset" -> reset();
            default -> in.accept("all") ? new ShowAll() : new Show(settingName());
        };
        if (!(statement instanceof SessionStatement.Refused)) {
            in.end();
        }
        return statement;
    }

    private SessionStatement reset() {
        if (in.accept("session", "authorization") || in.accept("role")) {
            return new NoEffect("RESET");
        }
        return in.accept("all") ? new ResetAll() : new Reset(settingName());
    }

    private SessionStatement set() {
        // What pools send to clean a connection: one is nobody else here, ever.
        if (in.accept("session", "authorization", "default") || in.accept("role", "none")) {
            return new NoEffect("SET");
        }
        if (in.accept("session", "authorization") || in.accept("role")) {
            return new SessionStatement.Refused(new Problem(
                    ProblemCode.NOT_PERMITTED,
                    "One is here who one authenticated as.",
                    "Connect as that person, with that person's password.",
                    0));
        }
        if (in.accept("session", "characteristics", "as", "transaction") || in.accept("transaction")) {
            TransactionModes.check(in);
            return new SetTransaction("SET");
        }
        boolean local = in.accept("local");
        if (!local) {
            in.skip("session");
        }
        if (in.accept("transaction")) {
            TransactionModes.check(in);
            return new SetTransaction("SET");
        }
        if (in.accept("time", "zone")) {
            return new Set("timezone", in.accept("local") ? null : value(), local);
        }
        if (in.accept("names")) {
            return new Set("client_encoding", value(), local);
        }
        String name = settingName();
        if (!in.acceptSymbol('=') && !in.accept("to")) {
            throw in.unexpected(in.peek());
        }
        return new Set(name, value(), local);
    }

    /** Null for DEFAULT. */
    private @Nullable String value() {
        if (in.accept("default")) {
            return null;
        }
        StringBuilder value = new StringBuilder(one());
        while (in.acceptSymbol(',')) {
            value.append(", ").append(one());
        }
        return value.toString();
    }

    private String one() {
        String sign = in.acceptSymbol('-') ? "-" : "";
        if (in.acceptSymbol('+')) {
            sign = "";
        }
        Token token = in.next();
        return switch (token.kind()) {
            case STRING, NUMBER -> sign + token.text();
            case WORD, QUOTED -> token.text();
            case PARAMETER, SYMBOL -> throw in.unexpected(token);
        };
    }

    private String settingName() {
        if (in.accept("time", "zone")) {
            return "timezone";
        }
        if (in.accept("transaction", "isolation", "level")) {
            return "transaction_isolation";
        }
        if (in.accept("session", "authorization")) {
            return "session_authorization";
        }
        String name = in.name().toLowerCase(Locale.ROOT);
        return in.acceptSymbol('.') ? name + "." + in.name().toLowerCase(Locale.ROOT) : name;
    }
}
