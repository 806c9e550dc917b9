package io.weir.cli;

import java.nio.file.Path;

/** What {@code weir serve} does. Blocks until the server ends. */
public interface ServeRunner {
    /** @return the exit code */
    int run(Path config);
}
