package io.weir.audit.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where the parts of a log lie in its directory. */
record LogDirectory(Path root) {
    private static final Pattern SEGMENT = Pattern.compile("[0-9]{16}\\.log");
    private static final Pattern NOTE = Pattern.compile("[0-9]{20}\\.note");

    Path description() {
        return root.resolve("log.json");
    }

    Path lock() {
        return root.resolve("log.lock");
    }

    Path wal() {
        return root.resolve("wal");
    }

    Path segment(long firstSequence) {
        return wal().resolve(String.format(Locale.ROOT, "%016d.log", firstSequence));
    }

    Path checkpoint() {
        return root.resolve("checkpoint");
    }

    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    Path archivedCheckpoint(long size) {
        return checkpoints().resolve(String.format(Locale.ROOT, "%020d.note", size));
    }

    Path disclosures() {
        return root.resolve("disclosures");
    }

    /** The sealed texts of a month. */
    Path texts(String month) {
        return disclosures().resolve(month).resolve("all.enc");
    }

    /** The wrapped data key of a month. */
    Path wrappedKey(String month) {
        return keys().resolve(month + "-all.wrapped");
    }

    Path keys() {
        return root.resolve("keys");
    }

    Path quarantine() {
        return root.resolve("quarantine");
    }

    void create(LogFiles files) throws IOException {
        for (Path directory : List.of(root, wal(), checkpoints(), disclosures(), keys(), quarantine())) {
            files.createDirectory(directory);
        }
    }

    /** Segments in the order of their first records. */
    List<Path> segments() throws IOException {
        return list(wal(), SEGMENT);
    }

    /** Kept checkpoints in the order of their sizes. */
    List<Path> archivedCheckpoints() throws IOException {
        return list(checkpoints(), NOTE);
    }

    private static List<Path> list(Path directory, Pattern name) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (name.matcher(String.valueOf(entry.getFileName())).matches()) {
                    found.add(entry);
                }
            }
        }
        Collections.sort(found);
        return found;
    }
}
