package io.weir.policy.load;

import io.weir.policy.Destination;
import io.weir.yaml.YamlSection;
import java.net.URI;

/** Reads {@code destinations/}. */
final class DestinationReader {
    private enum Kind {
        BUCKET,
        SFTP
    }

    private DestinationReader() {}

    static void destination(YamlSection s, Draft draft) {
        int before = s.problems().count();
        String id = s.parsed("id", "", Fields::id);
        draft.destinations.declare(id, s, "id");
        String title = s.text("title");
        String recipient = s.parsed("recipient", "", Keys::ageRecipient);
        Destination destination = switch (s.choice("kind", Kind.class)) {
            case BUCKET -> bucket(s, id, title, recipient);
            case SFTP -> sftp(s, id, title, recipient);
        };
        s.end();
        if (s.problems().count() == before) {
            draft.destinations.put(id, destination, s);
        }
    }

    private static Destination bucket(YamlSection s, String id, String title, String recipient) {
        return new Destination.Bucket(
                id,
                title,
                recipient,
                s.parsed("endpoint", URI.create("https://invalid"), DestinationReader::https),
                s.text("region"),
                s.parsed("bucket", "", DestinationReader::bucketName),
                s.optional("prefix", DestinationReader::prefix).orElse(""),
                Fields.secret(s, "accessKey"),
                Fields.secret(s, "secretKey"),
                s.optionalText("caFile").orElse(null));
    }

    private static Destination sftp(YamlSection s, String id, String title, String recipient) {
        return new Destination.Sftp(
                id,
                title,
                recipient,
                s.text("host"),
                s.integer("port", 1, 65_535, 22),
                s.text("user"),
                s.parsed("hostKey", "", Keys::hostKey),
                Fields.secret(s, "userKey"),
                s.parsed("directory", "/", DestinationReader::absolute));
    }

    private static URI https(String text) {
        URI uri = URI.create(text);
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("'" + text + "' is not an https URL without user");
        }
        return uri;
    }

    private static String bucketName(String text) {
        if (!text.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new IllegalArgumentException("'" + text + "' is not a bucket name");
        }
        return text;
    }

    private static String prefix(String text) {
        if (text.startsWith("/") || text.contains("..") || !text.matches("[A-Za-z0-9._/-]{0,200}")) {
            throw new IllegalArgumentException("'" + text + "' is not a key prefix without leading slash");
        }
        return text;
    }

    private static String absolute(String text) {
        if (!text.startsWith("/") || text.contains("..") || !text.matches("[A-Za-z0-9._/ -]{1,400}")) {
            throw new IllegalArgumentException("'" + text + "' is not an absolute directory");
        }
        return text;
    }
}
