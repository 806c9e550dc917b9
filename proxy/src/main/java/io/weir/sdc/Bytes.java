package io.weir.sdc;

import io.weir.yaml.YamlProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Whole files. */
final class Bytes {
    /** Largest file. */
    static final long MAX_BYTES = 256L * 1024 * 1024;

    private Bytes() {}

    /** Empty after adding a problem. */
    static Optional<byte[]> read(Path file, YamlProblems problems) {
        try {
            if (Files.isDirectory(file)) {
                problems.add(file.toString(), 0, "", "this is a directory", "name a file");
            } else if (Files.size(file) > MAX_BYTES) {
                problems.add(file.toString(), 0, "", "the file is larger than " + MAX_BYTES + " bytes", "split it");
            } else {
                return Optional.of(Files.readAllBytes(file));
            }
        } catch (NoSuchFileException | InvalidPathException e) {
            problems.add(file.toString(), 0, "", "there is no such file", "look at the path");
        } catch (IOException e) {
            problems.add(file.toString(), 0, "", "the file cannot be read: " + e.getMessage(), "");
        }
        return Optional.empty();
    }
}
