package io.weir.query.catalog.shadow;

import java.io.IOException;

/** The server behind the shadow catalogue, whoever runs it. Thread-safe. */
public interface ShadowServer extends AutoCloseable {
    /**
     * Makes sure that the server runs, starting or restarting it where that is ours to do. Blocks.
     *
     * @return the server as it is now; a restarted one has another {@link Running#generation} and none of the databases
     */
    Running ensureRunning() throws IOException;

    @Override
    void close();

    /**
     * @param address where it listens
     * @param superuser the role that prepares databases; its name is no account name
     * @param password its password, empty where the socket is trusted; prints as ***
     * @param generation changes when the server was started anew
     */
    record Running(BackendAddress address, String superuser, String password, long generation) {
        @Override
        public String toString() {
            return "Running[generation=" + generation + "]";
        }
    }
}
