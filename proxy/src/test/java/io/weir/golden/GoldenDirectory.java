package io.weir.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A directory with one recorded text a case, {@code <case>.golden}. A file that no case asked for is a failure. */
public final class GoldenDirectory {
    private static final String ENDING = ".golden";

    private final Path directory;
    private final Set<String> asked = new TreeSet<>();

    /** @param directory where the files are, seen from the module */
    public GoldenDirectory(Path directory) {
        this.directory = directory;
    }

    /** Whether the text is as recorded; under {@code -Dgolden.update=true} it is recorded. */
    public boolean holds(String name, String text) throws IOException {
        if (!asked.add(name + ENDING)) {
            throw new IllegalArgumentException("two cases are called " + name);
        }
        Path file = directory.resolve(name + ENDING);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(directory);
            Files.writeString(file, text);
        }
        return Files.exists(file) && Files.readString(file).equals(text);
    }

    /** Throws when a file was recorded for a case that is no more. */
    public void failOnUnused() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> unused = files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(ENDING) && !asked.contains(f))
                    .sorted()
                    .toList();
            if (!unused.isEmpty()) {
                throw new AssertionError("golden files of no case: " + unused);
            }
        }
    }
}
