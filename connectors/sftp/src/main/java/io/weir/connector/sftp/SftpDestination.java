package io.weir.connector.sftp;

import io.weir.connector.destination.DeliveryReceipt;
import io.weir.connector.destination.DestinationConnector;
import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.Parcel;
import io.weir.connector.destination.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/** A directory on an SFTP server; a session a delivery. */
public final class SftpDestination implements DestinationConnector {
    private final SftpDestinationConfig config;
    private final RandomGenerator random;
    private final SshConnections connections;

    /**
     * Connects to nothing yet.
     *
     * @param random names the passing files of an attempt, so that two attempts never meet
     * @throws IllegalArgumentException when a key cannot be read
     */
    public SftpDestination(SftpDestinationConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
        this.connections = new SshConnections(config);
    }

    @Override
    public DeliveryReceipt deliver(Parcel parcel) throws DestinationException {
        for (Parcel.Item item : parcel.items()) {
            item.requireUnchanged();
        }
        return within(base -> {
            RemoteDirectory folder = base.child(parcel.folder());
            List<String> locations = new ArrayList<>();
            boolean allThere = true;
            for (Parcel.Item item : parcel.items()) {
                allThere &=
                        folder.place(item.name(), () -> Files.newInputStream(item.file()), item.size(), item.sha256());
                locations.add(location(folder, item.name()));
            }
            byte[] marker = parcel.markerContent();
            allThere &= folder.place(
                    parcel.marker(), () -> new ByteArrayInputStream(marker), marker.length, Sha256.of(marker));
            locations.add(location(folder, parcel.marker()));
            return new DeliveryReceipt(locations, allThere);
        });
    }

    @Override
    public void probe() throws DestinationException {
        boolean ignored = within(base -> {
            base.tryWriting();
            return true;
        });
    }

    /** Work in the base directory. */
    @FunctionalInterface
    private interface Work<T> {
        T in(RemoteDirectory base) throws DestinationException;
    }

    private <T> T within(Work<T> work) throws DestinationException {
        byte[] suffix = new byte[8];
        random.nextBytes(suffix);
        try (ClientSession session = connections.connect();
                SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
            return work.in(
                    new RemoteDirectory(sftp, config.directory(), HexFormat.of().formatHex(suffix)));
        } catch (IOException e) {
            throw RemoteDirectory.failure("the SFTP session failed", e);
        }
    }

    private String location(RemoteDirectory folder, String name) {
        return "sftp://" + config.host() + ":" + config.port() + folder.location(name);
    }

    @Override
    public void close() {
        connections.close();
    }
}
