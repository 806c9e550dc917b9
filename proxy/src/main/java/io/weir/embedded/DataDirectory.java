package io.weir.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One cluster's files: locked against a second Weir, initialised once, cleared of what a killed predecessor left behind. */
final class DataDirectory implements AutoCloseable {
    private static final String PASSWORD_FILE = "weir_superuser_password";

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    static DataDirectory lock(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null) {
            throw new EmbeddedPostgresException("the root directory cannot be a data directory");
        }
        Files.createDirectories(parent);
        FileChannel channel = FileChannel.open(
                parent.resolve(path.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new EmbeddedPostgresException("the data directory " + path + " is in use by another Weir");
        }
        return new DataDirectory(path, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    Path log() {
        return path.resolveSibling(path.getFileName() + ".log");
    }

    SuperuserPassword password() throws IOException {
        return new SuperuserPassword(Files.readString(path.resolve(PASSWORD_FILE)));
    }

    /** Runs initdb when the directory is new; an attempt that was cut short is thrown away first. */
    void initialise(Path home, RunAs identity, String superuser, SecureRandom random)
            throws IOException, InterruptedException {
        if (Files.exists(path.resolve(PASSWORD_FILE))) {
            return;
        }
        if (Files.exists(path.resolve("PG_VERSION"))) {
            throw new EmbeddedPostgresException(path + " is a PostgreSQL cluster, but not one of Weir's");
        }
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Directories.delete(fresh);
        Directories.makePrivate(fresh);
        identity.own(fresh);
        SuperuserPassword password = SuperuserPassword.generate(random);
        Path passwordFile = path.resolveSibling(path.getFileName() + ".password");
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, password.value());
            identity.own(passwordFile);
            run(
                    identity.wrap(List.of(
                            home.resolve("bin/initdb").toString(),
                            "--pgdata=" + fresh,
                            "--username=" + superuser,
                            "--pwfile=" + passwordFile,
                            "--encoding=UTF8",
                            "--locale-provider=libc",
                            "--locale=C",
                            "--auth-local=trust",
                            "--auth-host=scram-sha-256",
                            "--no-sync",
                            "--no-instructions")),
                    fresh.resolveSibling(path.getFileName() + ".initdb.log"));
            Files.move(passwordFile, fresh.resolve(PASSWORD_FILE));
            if (Files.exists(path)) {
                Files.delete(path);
            }
            Files.move(fresh, path);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private static void run(List<String> command, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new EmbeddedPostgresException("initdb failed, its output ends with: " + tail(log));
            }
        } finally {
            process.destroyForcibly();
        }
        Files.deleteIfExists(log);
    }

    static String tail(Path log) throws IOException {
        String text = Files.exists(log) ? Files.readString(log) : "";
        return text.substring(Math.max(0, text.length() - 1500)).strip();
    }

    /**
     * Ends a server that a killed Weir left behind and removes its stale {@code postmaster.pid}. We hold the lock, so no living Weir owns
     * it; the process is touched only if its command line names this very directory, because process ids are used again.
     */
    void clearOrphan() throws IOException, InterruptedException {
        Path pidFile = path.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
        if (pid > 0 && isServerOfThisDirectory(pid)) {
            ProcessHandle handle = ProcessHandle.of(pid).orElse(null);
            if (handle != null) {
                new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
                for (int i = 0; i < 100 && handle.isAlive(); i++) {
                    Thread.sleep(100);
                }
                if (handle.isAlive()) {
                    handle.destroyForcibly();
                    Thread.sleep(500);
                }
            }
        }
        Files.deleteIfExists(pidFile);
    }

    private boolean isServerOfThisDirectory(long pid) {
        try {
            String commandLine = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
            return List.of(commandLine.split("\0", -1)).contains(path.toString());
        } catch (IOException e) {
            return false;
        }
    }

    /** Throws the cluster's files away; only after {@link #clearOrphan}. */
    void discard() throws IOException {
        if (Files.exists(path) && !Files.exists(path.resolve(PASSWORD_FILE))) {
            throw new EmbeddedPostgresException(path + " is not a cluster of Weir's");
        }
        Directories.delete(path);
    }

    /** Whether the server says in its own file that it accepts connections (eighth line of {@code postmaster.pid}). */
    boolean isReady(long pid) throws IOException {
        Path pidFile = path.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return false;
        }
        List<String> lines = Files.readAllLines(pidFile);
        return lines.size() >= 8
                && lines.get(0).strip().equals(Long.toString(pid))
                && lines.get(7).strip().equals("ready");
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
