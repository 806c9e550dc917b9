package io.weir.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir user}: only groups commands. */
@Command(
        name = "user",
        description = "Passwords of analysts and bearer tokens.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class UserCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed after 'user'");
    }
}
