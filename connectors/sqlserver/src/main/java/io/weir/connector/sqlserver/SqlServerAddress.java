package io.weir.connector.sqlserver;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a JDBC URL that we let through. The driver loads classes and reads files by URL properties, so the URL given is never handed on: it is
 * taken apart by this grammar, and the driver is told the parts.
 *
 * @param host name or IPv4 address
 * @param port TCP port; named instances are not looked up
 * @param database database name
 */
public record SqlServerAddress(String host, int port, String database) {
    private static final int DEFAULT_PORT = 1433;
    private static final Pattern URL =
            Pattern.compile("jdbc:sqlserver://([A-Za-z0-9][A-Za-z0-9.-]{0,253})(?::([0-9]{1,5}))?"
                    + ";databaseName=([A-Za-z0-9_][A-Za-z0-9_.-]{0,62});?");

    /**
     * Takes a URL apart.
     *
     * @throws IllegalArgumentException when it is of another form; its text is not quoted
     */
    public static SqlServerAddress parse(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "the URL of a source is jdbc:sqlserver://host[:port];databaseName=name without other properties");
        }
        int port = matcher.group(2) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(2));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the port of a source is from 1 to 65535");
        }
        return new SqlServerAddress(matcher.group(1), port, matcher.group(3));
    }

    /** Whether it is this very host. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.equals("127.0.0.1");
    }
}
