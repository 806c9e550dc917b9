package io.weir.release.bundle;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The directory of encrypted bundles that wait for delivery: 0700, files 0600, ciphertext only, named {@code <sha256>.zip.age}. A file
 * appears under its name only when it is complete and on stable storage. One process uses a spool at a time.
 */
public final class Spool {
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;
    private final RandomGenerator random;

    private Spool(Path directory, RandomGenerator random) {
        this.directory = directory;
        this.random = random;
    }

    /**
     * Opens the directory, creates it when missing and removes what a crash left half-written.
     *
     * @throws IOException also when it is a link or others may look into it
     */
    public static Spool open(Path directory, RandomGenerator random) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                || !Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS)
                        .equals(OWNER_DIRECTORY)) {
            throw new IOException("the spool must be a directory with mode 0700");
        }
        List<Path> halves;
        try (Stream<Path> list = Files.list(directory)) {
            halves = list.filter(p -> p.getFileName().toString().endsWith(".part"))
                    .toList();
        }
        for (Path half : halves) {
            Files.delete(half);
        }
        return new Spool(directory, random);
    }

    /** @param sha256 digest of the ciphertext, its name */
    record Encrypted(String sha256, long size) {}

    /**
     * Encrypts to one age recipient (age v1, X25519) into the spool.
     *
     * @throws GeneralSecurityException when the recipient is not a valid key
     */
    Encrypted encrypt(byte[] plaintext, String recipient) throws IOException, GeneralSecurityException {
        RecipientStanzaWriter stanza;
        try {
            stanza = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not an age recipient", e);
        }
        byte[] name = new byte[12];
        random.nextBytes(name);
        Path part = directory.resolve(HexFormat.of().formatHex(name) + ".part");
        MessageDigest digest = Digests.sha256();
        try (FileChannel file =
                FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_FILE)) {
            // jagged closes the channel below it; ours must stay open to be synced.
            try (WritableByteChannel age = new StandardEncryptingChannelFactory()
                    .newEncryptingChannel(new DigestingChannel(file, digest), List.of(stanza))) {
                ByteBuffer buffer = ByteBuffer.wrap(plaintext);
                while (buffer.hasRemaining()) {
                    age.write(buffer);
                }
            }
            file.force(true);
            String sha256 = Digests.hex(digest);
            long size = file.size();
            move(part, path(sha256));
            return new Encrypted(sha256, size);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the spool's file system cannot rename atomically", e);
        }
        try (FileChannel self = FileChannel.open(directory, StandardOpenOption.READ)) {
            self.force(true);
        }
    }

    /** Where a ciphertext lies. */
    Path path(String sha256) {
        return directory.resolve(sha256 + ".zip.age");
    }

    /** Whether exactly these bytes lie there. Reads the file. */
    boolean holds(String sha256, long size) throws IOException {
        Path file = path(sha256);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == size
                && Digests.sha256(file).equals(sha256);
    }

    void remove(String sha256) throws IOException {
        Files.deleteIfExists(path(sha256));
    }

    /** Hashes what passes; closing it does not close the file. */
    private record DigestingChannel(FileChannel file, MessageDigest digest) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) throws IOException {
            digest.update(source.duplicate());
            int length = source.remaining();
            while (source.hasRemaining()) {
                file.write(source);
            }
            return length;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() {}
    }
}
