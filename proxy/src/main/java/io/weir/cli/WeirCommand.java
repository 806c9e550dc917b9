package io.weir.cli;

import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root: {@code weir}. Build one, then {@link #execute}. */
@Command(
        name = "weir",
        description = "A governed SQL proxy for trusted research environments.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "weir 0.1.0",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or the answer is yes",
            "1:the answer is no: problems, invalid, refused",
            "2:wrong usage, or something cannot be read or reached",
            "3:a person has to look (weir sdc)"
        })
public final class WeirCommand implements Runnable {
    private final Terminal terminal;
    private final CommandLine commandLine;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /**
     * @param accounts where {@code user add} writes
     * @param tokens where {@code user token} writes
     * @param clock of this process
     */
    public WeirCommand(
            ServeRunner serve,
            QuickstartRunner quickstart,
            SecretWriter accounts,
            TokenDesk tokens,
            Terminal terminal,
            Clock clock,
            SecureRandom random) {
        this.terminal = terminal;
        CommandLine line = new CommandLine(this);
        line.addSubcommand(new QuickstartCommand(quickstart))
                .addSubcommand(new ServeCommand(serve))
                .addSubcommand(new CommandLine(new PolicyCommand())
                        .addSubcommand(new PolicyCheckCommand(terminal))
                        .addSubcommand(new PolicyExplainCommand(terminal, clock, random))
                        .addSubcommand(new PolicyReloadCommand(terminal)))
                .addSubcommand(new CommandLine(new ReleaseCommand())
                        .addSubcommand(new ReleaseListCommand(terminal))
                        .addSubcommand(new ReleaseShowCommand(terminal))
                        .addSubcommand(new ReleaseVoteCommand.Approve(terminal))
                        .addSubcommand(new ReleaseVoteCommand.Reject(terminal))
                        .addSubcommand(new ReleaseVoteCommand.Return(terminal))
                        .addSubcommand(new ReleaseWithdrawCommand(terminal))
                        .addSubcommand(new ReleaseResumeCommand(terminal)))
                .addSubcommand(new CommandLine(new SdcCommand())
                        .addSubcommand(new SdcCheckCommand(terminal))
                        .addSubcommand(new SdcProtectCommand(terminal, clock))
                        .addSubcommand(new SdcAuditCommand(terminal))
                        .addSubcommand(new SdcPresetsCommand(terminal)))
                .addSubcommand(
                        new CommandLine(new AuditCommand()).addSubcommand(new AuditVerifyCommand(terminal, clock)))
                .addSubcommand(new CommandLine(new UserCommand())
                        .addSubcommand(new UserAddCommand(accounts, terminal, random))
                        .addSubcommand(UserTokenCommand.group(tokens, terminal, clock)));
        this.commandLine = everywhere(line, terminal);
    }

    private static CommandLine everywhere(CommandLine line, Terminal terminal) {
        line.setOut(new java.io.PrintWriter(terminal.out(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(terminal.err(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, terminal));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private static int failed(Exception failure, Terminal terminal) {
        terminal.err()
                .println(
                        switch (failure) {
                            case CommandException expected -> "weir: " + expected.getMessage();
                            default -> "weir: " + failure;
                        });
        return ExitCode.UNUSABLE;
    }

    /** Runs one command line and says how it ended. */
    public int execute(String... arguments) {
        int code = commandLine.execute(arguments);
        // It flushes first: an answer that nobody got, as on a full disk, is no answer.
        boolean lost = terminal.out().checkError();
        if (lost) {
            terminal.err().println("weir: not all of the answer could be printed; free space, or name another output");
        }
        terminal.err().flush();
        return lost ? ExitCode.UNUSABLE : code;
    }

    /** All commands, for tests and the generated reference. */
    CommandLine commandLine() {
        return commandLine;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed");
    }
}
