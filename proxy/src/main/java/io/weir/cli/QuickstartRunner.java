package io.weir.cli;

import java.nio.file.Path;

/** What {@code weir quickstart} does. Blocks. */
public interface QuickstartRunner {
    /**
     * @param state directory of everything that it keeps
     * @param exit whether to end after the tour, with 1 when a step failed
     * @param clean whether to remove the state first
     * @return the exit code
     */
    int run(Path state, boolean exit, boolean clean);
}
