package io.weir.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {
    @TempDir
    Path temp;

    @Test
    void aLinkIsRemovedAndNotWhatItPointsTo() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.createFile(outside.resolve("kept"));
        Path directory = Files.createDirectories(temp.resolve("a/b"));
        Files.createSymbolicLink(directory.resolve("link"), outside);
        Directories.delete(temp.resolve("a"));
        assertThat(temp.resolve("a")).doesNotExist();
        assertThat(outside.resolve("kept")).exists();
    }

    @Test
    void twoWhoRemoveTheSameDirectoryDoNotDisturbEachOther() throws IOException {
        for (int round = 0; round < 20; round++) {
            Path directory = temp.resolve("d" + round);
            for (int i = 0; i < 200; i++) {
                Files.createFile(
                        Files.createDirectories(directory.resolve("s" + i % 20)).resolve("f" + i));
            }
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> delete(directory));
            delete(directory);
            other.join();
            assertThat(directory).doesNotExist();
        }
    }

    private static void delete(Path directory) {
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
