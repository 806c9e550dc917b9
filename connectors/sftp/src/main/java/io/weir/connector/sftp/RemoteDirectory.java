package io.weir.connector.sftp;

import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.DestinationException.Kind;
import io.weir.connector.destination.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumSet;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;

/**
 * One remote directory and the way a file gets into it: exclusively created under a passing name, flushed, read back, renamed. A plain rename is
 * {@code link} and {@code unlink} on OpenSSH, so it never overwrites; the posix-rename extension would.
 */
final class RemoteDirectory {
    /** OpenSSH cuts packets above 256 KiB with their head, and with them the connection. */
    private static final int CHUNK = 128 * 1024;

    /** A way to the bytes to send. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }

    private final SftpClient sftp;
    private final String path;
    private final String attempt;

    /** Opens a directory that is there, and makes sure that no link leads elsewhere. */
    RemoteDirectory(SftpClient sftp, String path, String attempt) throws DestinationException {
        this.sftp = sftp;
        this.path = path;
        this.attempt = attempt;
        try {
            if (!sftp.canonicalPath(path).equals(path)) {
                throw new DestinationException(Kind.IDENTITY, "the directory is not where it should be");
            }
            // Some servers only tidy a path when asked for the real one, so every part of it is looked at.
            for (int end = path.indexOf('/', 1); end >= 0; end = path.indexOf('/', end + 1)) {
                requireDirectory(path.substring(0, end));
            }
            requireDirectory(path);
        } catch (IOException e) {
            throw failure("the directory cannot be looked at", e);
        }
    }

    private void requireDirectory(String part) throws IOException, DestinationException {
        if (!sftp.lstat(part).isDirectory()) {
            throw new DestinationException(
                    Kind.IDENTITY, "the directory is not where it should be: a part of its path is no directory");
        }
    }

    /** A directory within, made if need be. */
    RemoteDirectory child(String name) throws DestinationException {
        String child = path + "/" + name;
        try {
            sftp.mkdir(child);
        } catch (IOException e) {
            if (!exists(child)) {
                throw failure("a directory cannot be made", e);
            }
        }
        return new RemoteDirectory(sftp, child, attempt);
    }

    String location(String name) {
        return path + "/" + name;
    }

    /** Puts a file under its name. Gives whether the same bytes lay there before. */
    boolean place(String name, Content content, long size, String sha256) throws DestinationException {
        String target = location(name);
        if (exists(target)) {
            compare(target, size, sha256);
            return true;
        }
        String part = path + "/." + name + "." + attempt + ".part";
        boolean renamed = false;
        try {
            write(part, content);
            compare(part, size, sha256);
            renamed = rename(part, target);
        } catch (DestinationException broken) {
            // A rival that finished first tidies up everybody's parts, ours too. Then its file is there and is judged
            // below.
            if (!exists(target)) {
                throw broken;
            }
        } finally {
            if (!renamed) {
                remove(part);
            }
        }
        compareSize(target, size);
        if (!renamed) {
            compare(target, size, sha256);
        }
        removeParts(name);
        return !renamed;
    }

    private void write(String part, Content content) throws DestinationException {
        try (InputStream in = content.open();
                OutputStream out =
                        sftp.write(part, CHUNK, EnumSet.of(OpenMode.Create, OpenMode.Exclusive, OpenMode.Write))) {
            in.transferTo(out);
        } catch (IOException e) {
            throw failure("the file could not be written", e);
        }
        OpenSSHFsyncExtension sync = sftp.getExtension(OpenSSHFsyncExtension.class);
        if (sync != null && sync.isSupported()) {
            try (CloseableHandle handle = sftp.open(part, EnumSet.of(OpenMode.Write))) {
                sync.fsync(handle);
            } catch (IOException e) {
                throw failure("the file could not be flushed", e);
            }
        }
    }

    private boolean rename(String part, String target) throws DestinationException {
        try {
            sftp.rename(part, target);
            return true;
        } catch (IOException e) {
            if (exists(target)) {
                return false;
            }
            throw failure("the file could not be renamed", e);
        }
    }

    private void compareSize(String file, long size) throws DestinationException {
        try {
            if (sftp.lstat(file).getSize() != size) {
                throw new DestinationException(Kind.CONFLICT, "a file of another size lies under our name");
            }
        } catch (IOException e) {
            throw failure("the file could not be looked at", e);
        }
    }

    private void compare(String file, long size, String sha256) throws DestinationException {
        compareSize(file, size);
        try (InputStream in = sftp.read(file, CHUNK)) {
            if (!Sha256.of(in).equals(sha256)) {
                throw new DestinationException(Kind.CONFLICT, "other bytes lie under our name");
            }
        } catch (IOException e) {
            throw failure("the file could not be read back", e);
        }
    }

    private boolean exists(String file) throws DestinationException {
        try {
            sftp.lstat(file);
            return true;
        } catch (SftpException e) {
            if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
                    || e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH) {
                return false;
            }
            throw failure("the file could not be looked at", e);
        } catch (IOException e) {
            throw failure("the file could not be looked at", e);
        }
    }

    /** Whatever dead attempts at this name left: it lies there now, so they are of no use. */
    private void removeParts(String name) {
        try {
            for (DirEntry entry : sftp.readEntries(path)) {
                String found = entry.getFilename();
                if (found.startsWith("." + name + ".") && found.endsWith(".part")) {
                    remove(path + "/" + found);
                }
            }
        } catch (IOException e) {
            // Untidy, not unsafe.
        }
    }

    private void remove(String file) {
        try {
            sftp.remove(file);
        } catch (IOException e) {
            // Gone already, or the server is; a later delivery of the same name tidies up.
        }
    }

    /** Writes and removes a small file. */
    void tryWriting() throws DestinationException {
        String part = path + "/.weir-probe." + attempt + ".part";
        write(part, InputStream::nullInputStream);
        remove(part);
    }

    static DestinationException failure(String what, @Nullable IOException e) {
        if (e instanceof SftpException answer) {
            Kind kind = switch (answer.getStatus()) {
                case SftpConstants.SSH_FX_PERMISSION_DENIED,
                        SftpConstants.SSH_FX_WRITE_PROTECT,
                        SftpConstants.SSH_FX_NO_SUCH_FILE,
                        SftpConstants.SSH_FX_NO_SUCH_PATH -> Kind.DENIED;
                default -> Kind.TRANSIENT;
            };
            return new DestinationException(kind, what + ": the server answered status " + answer.getStatus(), e);
        }
        return e == null
                ? new DestinationException(Kind.TRANSIENT, what)
                : new DestinationException(Kind.TRANSIENT, what + ": the connection failed", e);
    }
}
