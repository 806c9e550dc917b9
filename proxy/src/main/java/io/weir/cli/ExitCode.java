package io.weir.cli;

/** What a command says to scripts. */
public final class ExitCode {
    /** Done, or the answer is yes. */
    public static final int FINE = 0;

    /** The answer is no: problems, invalid, refused. */
    public static final int NO = 1;

    /** Wrong usage, or something that is needed cannot be read or reached. */
    public static final int UNUSABLE = 2;

    /** Neither yes nor no: a person has to look. */
    public static final int REVIEW = 3;

    /** Done, and nothing is left of what was asked for. */
    public static final int NOTHING_LEFT = 4;

    private ExitCode() {}
}
