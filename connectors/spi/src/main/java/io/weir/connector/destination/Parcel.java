package io.weir.connector.destination;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Encrypted files to deliver together.
 *
 * @param folder folder name on the far side, {@code [a-z0-9._-]+}, ours
 * @param items files in order
 * @param marker name of the commit marker that is written last, {@code [a-z0-9._-]+}
 * @param markerContent its bytes
 */
public record Parcel(String folder, List<Item> items, String marker, byte[] markerContent) {
    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,127}";

    public Parcel {
        items = List.copyOf(items);
        markerContent = markerContent.clone();
        if (!folder.matches(NAME) || !marker.matches(NAME)) {
            throw new IllegalArgumentException("names on the far side are [a-z0-9._-]");
        }
    }

    @Override
    public byte[] markerContent() {
        return markerContent.clone();
    }

    /**
     * @param name content-addressed file name
     * @param file local file, already encrypted
     * @param size in bytes
     * @param sha256 lower-case hex of its bytes
     */
    public record Item(String name, Path file, long size, String sha256) {
        public Item {
            if (!name.matches(NAME) || !sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("names on the far side are [a-z0-9._-], digests are hex SHA-256");
            }
        }

        /**
         * Reads the local file and compares it with what was approved.
         *
         * @throws DestinationException {@code CONFLICT} when it has other bytes, {@code TRANSIENT} when it cannot be read
         */
        public void requireUnchanged() throws DestinationException {
            try (InputStream in = Files.newInputStream(file)) {
                if (Files.size(file) != size || !Sha256.of(in).equals(sha256)) {
                    throw new DestinationException(
                            DestinationException.Kind.CONFLICT, "the file to deliver is not the one that was approved");
                }
            } catch (IOException e) {
                throw new DestinationException(
                        DestinationException.Kind.TRANSIENT, "the file to deliver cannot be read", e);
            }
        }
    }
}
