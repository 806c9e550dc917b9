package io.weir.pseudonym;

import io.weir.identity.ProjectId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One file a master in a directory, for single-node installations. Never overwrites. */
public final class FileWrappedMasters implements WrappedMasters {
    private final Path directory;

    public FileWrappedMasters(Path directory) {
        this.directory = directory;
    }

    @Override
    public synchronized byte[] findOrStore(ProjectId project, int epoch, byte[] candidate) {
        Path file = directory.resolve(project.value() + "." + epoch + ".wrapped");
        try {
            Files.createDirectories(directory);
            if (!Files.exists(file)) {
                Path part = Files.createTempFile(directory, "master", ".part");
                Files.write(part, candidate, StandardOpenOption.SYNC);
                try {
                    Files.createLink(file, part);
                } catch (FileAlreadyExistsException e) {
                    return Files.readAllBytes(file);
                } finally {
                    Files.deleteIfExists(part);
                }
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
