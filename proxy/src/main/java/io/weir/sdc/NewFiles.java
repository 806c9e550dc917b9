package io.weir.sdc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that are written all together or not at all, and over none that is there: each is written whole beside its place, and only then takes it. Any
 * thread. They can be read by their owner only.
 */
public final class NewFiles {
    private final Map<Path, String> texts = new LinkedHashMap<>();

    /** Adds a file. */
    public NewFiles with(Path file, String text) {
        texts.put(file, text);
        return this;
    }

    /**
     * Writes them, as UTF-8; folders that are missing are made.
     *
     * @throws FileAlreadyExistsException when one of them is there
     */
    public void write() throws IOException {
        Map<Path, Path> drafts = new LinkedHashMap<>();
        List<Path> folders = new ArrayList<>();
        List<Path> placed = new ArrayList<>();
        boolean done = false;
        try {
            for (Map.Entry<Path, String> file : texts.entrySet()) {
                Path target = file.getKey().toAbsolutePath();
                refuse(target);
                make(target.getParent(), folders);
                Path folder = target.getParent();
                Path draft = Files.createTempFile(folder == null ? target : folder, "weir", ".tmp");
                drafts.put(target, draft);
                Files.writeString(draft, file.getValue(), StandardCharsets.UTF_8);
            }
            for (Map.Entry<Path, Path> draft : drafts.entrySet()) {
                place(draft.getValue(), draft.getKey());
                placed.add(draft.getKey());
            }
            done = true;
        } finally {
            for (Path draft : drafts.values()) {
                Files.deleteIfExists(draft);
            }
            if (!done) {
                for (Path file : placed) {
                    Files.deleteIfExists(file);
                }
                for (Path folder : folders.reversed()) {
                    Files.deleteIfExists(folder);
                }
            }
        }
    }

    private static void refuse(Path target) throws FileAlreadyExistsException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
    }

    private static void make(@Nullable Path folder, List<Path> made) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            make(folder.getParent(), made);
            Files.createDirectory(folder);
            made.add(folder);
        }
    }

    /** A second name is given only where there is none yet, in one step; where the file system knows no second names a copy is made, likewise. */
    private static void place(Path draft, Path target) throws IOException {
        try {
            Files.createLink(target, draft);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException noLinks) {
            Files.copy(draft, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
