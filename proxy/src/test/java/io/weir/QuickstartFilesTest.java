package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartFilesTest {
    @TempDir
    private Path directory;

    private Path made() throws IOException {
        Path state = directory.resolve("state");
        new QuickstartFiles(state, new SecureRandom()).prepare();
        return state;
    }

    @Test
    void cleanRemovesTheWholeState() throws IOException {
        Path state = made();
        Files.writeString(
                Files.createDirectories(state.resolve("policy/people")).resolve("ada.yaml"), "id: ada");
        QuickstartFiles.remove(state);
        assertThat(state).doesNotExist();
        assertThat(directory).exists();
    }

    @Test
    void aStateThatIsNotThereIsClean() throws IOException {
        QuickstartFiles.remove(directory.resolve("nothing"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aStateInUseIsNotRemoved() throws IOException {
        Path state = made();
        Path data = Files.writeString(state.resolve("data"), "in use");
        try (FileChannel running = FileChannel.open(
                        state.resolve("source.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = running.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> QuickstartFiles.remove(state))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another quickstart");
        }
        assertThat(data).hasContent("in use");
        QuickstartFiles.remove(state);
        assertThat(state).doesNotExist();
    }

    @Test
    void aDirectoryOfSomebodyElseIsNotRemoved() throws IOException {
        Path thesis = Files.writeString(directory.resolve("thesis.txt"), "years of work");
        assertThatThrownBy(() -> QuickstartFiles.remove(directory)).hasMessageContaining("not made by the quickstart");
        assertThat(thesis).exists();
    }
}
