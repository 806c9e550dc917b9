package io.weir.problem;

import org.jspecify.annotations.Nullable;

/**
 * A failure as a log may keep it: class names and stack frames of the failure and its causes, and no messages. Messages of drivers, parsers and
 * stores quote statements, bound values, cells and the names of hosts. Never thrown.
 */
public final class LoggedFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 10;

    private final String name;

    private LoggedFailure(Throwable failure, int depth) {
        super(null, cause(failure, depth), false, true);
        name = failure.getClass().getName();
        setStackTrace(failure.getStackTrace());
    }

    /** For the last argument of a logging call. */
    public static LoggedFailure of(Throwable failure) {
        return new LoggedFailure(failure, 0);
    }

    /** Simple class names of the failure and its causes, for one line. */
    public static String names(Throwable failure) {
        StringBuilder names = new StringBuilder(failure.getClass().getSimpleName());
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            names.append(" < ").append(cause.getClass().getSimpleName());
            cause = cause.getCause();
        }
        return names.toString();
    }

    private static @Nullable Throwable cause(Throwable failure, int depth) {
        Throwable cause = failure.getCause();
        return cause == null || depth == DEEPEST ? null : new LoggedFailure(cause, depth + 1);
    }

    /** The class name of the failure. */
    @SuppressWarnings("OverrideThrowableToString") // loggers print this, and no message may stand behind the class name
    @Override
    public String toString() {
        return name;
    }
}
