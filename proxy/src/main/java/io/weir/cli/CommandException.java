package io.weir.cli;

/** Ends a command with one sentence on standard error and {@link ExitCode#UNUSABLE}. The message is for people and holds no secret. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandException(String sentence) {
        super(sentence);
    }

    CommandException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
