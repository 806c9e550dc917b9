package io.weir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The state directory of the quickstart: private (0700), secrets made once (0600), ports kept while they are free. */
final class QuickstartFiles {
    /** Proof that a directory is ours before it is removed. */
    private static final String MARK = "weir-quickstart";

    private final Path state;
    private final SecureRandom random;

    QuickstartFiles(Path state, SecureRandom random) {
        this.state = state;
        this.random = random;
    }

    void prepare() throws IOException {
        if (Files.exists(state) && !Files.exists(state.resolve(MARK))) {
            try (Stream<Path> content = Files.list(state)) {
                if (content.findAny().isPresent()) {
                    throw new IOException(
                            state + " is not empty and was not made by the quickstart: choose another --state");
                }
            }
        }
        for (Path directory :
                List.of(state, state.resolve("secrets"), state.resolve("masters"), state.resolve("ports"))) {
            if (!Files.exists(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        }
        write(state.resolve(MARK), "1\n");
    }

    /** Removes a state directory that the quickstart made; anything else is left alone. */
    static void remove(Path state) throws IOException {
        if (!Files.exists(state)) {
            return;
        }
        if (!Files.exists(state.resolve(MARK))) {
            throw new IOException(state + " was not made by the quickstart: not removed");
        }
        refuseInUse(state.resolve("source.lock"));
        try (Stream<Path> all = Files.walk(state)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** @param lock what the source's cluster holds while it runs */
    private static void refuseInUse(Path lock) throws IOException {
        if (!Files.exists(lock)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                throw inUse(lock);
            }
        } catch (OverlappingFileLockException here) {
            throw inUse(lock);
        }
    }

    private static IOException inUse(Path lock) {
        return new IOException(lock.getParent() + " is in use by another quickstart: stop that one first");
    }

    /** The secret of this name, made on first use. */
    String secret(String name, Supplier<String> make) {
        Path file = state.resolve("secrets").resolve(name);
        try {
            if (!Files.exists(file)) {
                write(file, make.get());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String known(String name) throws IOException {
        return Files.readString(state.resolve("secrets").resolve(name)).strip();
    }

    void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    void write(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }

    byte[] random(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Random letters and digits, safe in URLs and shells. */
    String token(int bytes) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(random(bytes))
                .replace("-", "a")
                .replace("_", "b");
    }

    /** The port used last time if it is free, else a free one, remembered. */
    int port(String name) throws IOException {
        Path file = state.resolve("ports").resolve(name);
        if (Files.exists(file)) {
            int known = Integer.parseInt(Files.readString(file).strip());
            try (ServerSocket socket = new ServerSocket(known, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                Files.delete(file);
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write(file, socket.getLocalPort() + "\n");
            return socket.getLocalPort();
        }
    }
}
