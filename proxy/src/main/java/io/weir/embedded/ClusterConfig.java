package io.weir.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a cluster is run.
 *
 * @param dataDirectory the cluster's files; created when missing, kept otherwise; one process at a time
 * @param binariesCache where the server's programs are unpacked once; may be shared by several clusters and processes
 * @param listen how it is reached
 * @param settings server settings by name (postgresql.conf), on top of Weir's own
 * @param superuser name of the superuser of a new cluster
 * @param freshData whether what is in the data directory is thrown away at the start
 * @param memoryMegabytes address space of each server process, 0 for no limit: a statement that wants more fails by itself
 * @param startTimeout longest wait for readiness
 */
public record ClusterConfig(
        Path dataDirectory,
        Path binariesCache,
        Listen listen,
        Map<String, String> settings,
        String superuser,
        boolean freshData,
        int memoryMegabytes,
        Duration startTimeout) {
    public ClusterConfig {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        binariesCache = binariesCache.toAbsolutePath().normalize();
        settings = Map.copyOf(settings);
    }

    /** How a cluster is reached. There is no third way: never trust on TCP, never an address other than loopback. */
    public sealed interface Listen {
        /**
         * Only a socket in this directory, which is made private (0700): whoever may enter it is trusted. No TCP at all.
         *
         * @param directory short: PostgreSQL allows 107 bytes for the whole path
         */
        record UnixSocket(Path directory) implements Listen {
            public UnixSocket {
                directory = directory.toAbsolutePath().normalize();
            }
        }

        /**
         * Only 127.0.0.1 with SCRAM-SHA-256 for everybody. No socket file.
         *
         * @param port 0 for any free port
         */
        record Loopback(int port) implements Listen {}
    }

    /** For data that must survive: synchronous writes, small memory. */
    public static ClusterConfig durable(Path dataDirectory, Path binariesCache, Listen listen) {
        return new ClusterConfig(
                dataDirectory,
                binariesCache,
                listen,
                Map.of("shared_buffers", "64MB", "max_connections", "100"),
                "weir",
                false,
                0,
                Duration.ofSeconds(60));
    }

    /** For data that can be made again: no synchronous writes, no vacuum, very small memory. */
    public static ClusterConfig disposable(Path dataDirectory, Path binariesCache, Listen listen) {
        return new ClusterConfig(
                dataDirectory,
                binariesCache,
                listen,
                Map.ofEntries(
                        Map.entry("fsync", "off"),
                        Map.entry("synchronous_commit", "off"),
                        Map.entry("full_page_writes", "off"),
                        Map.entry("wal_level", "minimal"),
                        Map.entry("max_wal_senders", "0"),
                        Map.entry("autovacuum", "off"),
                        Map.entry("shared_buffers", "16MB"),
                        Map.entry("max_connections", "100")),
                "weir",
                false,
                0,
                Duration.ofSeconds(60));
    }

    /** The same with one more setting. */
    public ClusterConfig with(String setting, String value) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(setting, value);
        return new ClusterConfig(
                dataDirectory, binariesCache, listen, all, superuser, freshData, memoryMegabytes, startTimeout);
    }

    /** The same with another superuser; matters only when the data directory is new. */
    public ClusterConfig withSuperuser(String name) {
        return new ClusterConfig(
                dataDirectory, binariesCache, listen, settings, name, freshData, memoryMegabytes, startTimeout);
    }

    /** The same, but starting from nothing each time. */
    public ClusterConfig withFreshData() {
        return new ClusterConfig(
                dataDirectory, binariesCache, listen, settings, superuser, true, memoryMegabytes, startTimeout);
    }

    /** The same with a limit on each server process. */
    public ClusterConfig withMemoryLimit(int megabytes) {
        return new ClusterConfig(
                dataDirectory, binariesCache, listen, settings, superuser, freshData, megabytes, startTimeout);
    }
}
