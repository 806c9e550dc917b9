package io.weir.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** PostgreSQL refuses to run as root. This decides under which identity its programs run instead. */
sealed interface RunAs {
    /** The command, wrapped so that it runs under this identity without an extra process in between. */
    List<String> wrap(List<String> command);

    /** Gives a file tree to this identity. */
    void own(Path directory) throws IOException;

    /** We are an ordinary user: nothing to do. */
    record Myself() implements RunAs {
        @Override
        public List<String> wrap(List<String> command) {
            return command;
        }

        @Override
        public void own(Path directory) {}
    }

    /** We are root, but may enter a user namespace in which we are nobody; files stay root's outside. */
    record UserNamespace() implements RunAs {
        @Override
        public List<String> wrap(List<String> command) {
            return concat(List.of("unshare", "-U"), command);
        }

        @Override
        public void own(Path directory) {}
    }

    /** We are root and drop to another account. */
    record OtherUser(String name) implements RunAs {
        @Override
        public List<String> wrap(List<String> command) {
            return concat(List.of("setpriv", "--reuid=" + name, "--regid=" + name, "--clear-groups"), command);
        }

        @Override
        public void own(Path directory) throws IOException {
            var owner =
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
            List<Path> all;
            try (Stream<Path> walk = Files.walk(directory)) {
                all = walk.toList();
            }
            for (Path path : all) {
                Files.setOwner(path, owner);
            }
        }
    }

    /** Finds a way for this process. */
    static RunAs detect() {
        if (!isRoot()) {
            return new Myself();
        }
        if (succeeds("unshare", "-U", "true")) {
            return new UserNamespace();
        }
        if (succeeds("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "true")) {
            return new OtherUser("postgres");
        }
        throw new EmbeddedPostgresException(
                "PostgreSQL does not run as root, user namespaces are not available here and there is"
                        + " no account 'postgres' to drop to: run Weir as an ordinary user or configure an external PostgreSQL");
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
        } catch (IOException e) {
            throw new EmbeddedPostgresException("cannot tell under which account Weir runs", e);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
