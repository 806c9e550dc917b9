package io.weir.connector.postgresql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a JDBC URL that we let through. JDBC drivers load classes, read and write files by URL properties, so the URL given is never handed
 * on: it is taken apart by this grammar, which knows no percent-encoding, no user part and four harmless properties, and is written anew.
 *
 * @param hosts {@code host[:port][,host[:port]]}
 * @param database database name
 * @param properties allowed properties by name
 */
record PostgresAddress(String hosts, String database, Map<String, String> properties) {
    private static final Set<String> ALLOWED =
            Set.of("targetServerType", "hostRecheckSeconds", "loadBalanceHosts", "tcpKeepAlive");
    private static final String HOST =
            "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253})|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?";
    private static final Pattern URL = Pattern.compile("jdbc:postgresql://(" + HOST + "(?:," + HOST
            + "){0,7})/([A-Za-z0-9_][A-Za-z0-9_.-]{0,62})" + "(?:\\?([A-Za-z0-9=&]*))?");
    private static final Pattern PROPERTY = Pattern.compile("([A-Za-z]+)=([A-Za-z0-9]+)");

    PostgresAddress {
        properties = Map.copyOf(properties);
    }

    /**
     * Takes a URL apart.
     *
     * @throws IllegalArgumentException naming the offending property, never its value
     */
    static PostgresAddress parse(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "the URL of a source is jdbc:postgresql://host[:port]/database without user, escapes or other marks");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        String query = matcher.group(3);
        if (query != null && !query.isEmpty()) {
            for (String part : query.split("&", -1)) {
                Matcher property = PROPERTY.matcher(part);
                if (!property.matches() || !ALLOWED.contains(property.group(1))) {
                    throw new IllegalArgumentException("the URL of a source takes no property but "
                            + String.join(", ", ALLOWED.stream().sorted().toList()));
                }
                if (properties.put(property.group(1), property.group(2)) != null) {
                    throw new IllegalArgumentException(
                            "the URL of a source names a property twice: " + property.group(1));
                }
            }
        }
        return new PostgresAddress(matcher.group(1), matcher.group(2), properties);
    }

    /** The URL without properties. */
    String url() {
        return "jdbc:postgresql://" + hosts + "/" + database;
    }
}
