package io.weir.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir release approve}, {@code reject} and {@code return}: one vote each. */
final class ReleaseVoteCommand {
    private ReleaseVoteCommand() {}

    @Command(
            name = "approve",
            description = "Approve a request; with enough approvals of distinct checkers it is released.",
            mixinStandardHelpOptions = true)
    static final class Approve implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final VoteOptions options = new VoteOptions();

        Approve(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            return options.vote(terminal, "approve", false);
        }
    }

    @Command(name = "reject", description = "Reject a request for good.", mixinStandardHelpOptions = true)
    static final class Reject implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final VoteOptions options = new VoteOptions();

        Reject(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            return options.vote(terminal, "reject", true);
        }
    }

    @Command(
            name = "return",
            description = "Return a request to its author, who may ask again with a new one.",
            mixinStandardHelpOptions = true)
    static final class Return implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final VoteOptions options = new VoteOptions();

        Return(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            return options.vote(terminal, "return", true);
        }
    }
}
