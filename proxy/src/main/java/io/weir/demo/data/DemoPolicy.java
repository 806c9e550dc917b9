package io.weir.demo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The policy directory of the demo, from the resources of this jar. */
public final class DemoPolicy {
    /** Placeholder of the source's JDBC URL, without credentials. */
    public static final String SOURCE_URL = "WEIR_DEMO_SOURCE_URL";

    /** Placeholder of the age recipient of both destinations. */
    public static final String RECIPIENT = "WEIR_DEMO_RECIPIENT";

    public static final String BUCKET_ENDPOINT = "WEIR_DEMO_BUCKET_ENDPOINT";
    public static final String BUCKET_CA_FILE = "WEIR_DEMO_BUCKET_CA_FILE";
    public static final String SFTP_HOST = "WEIR_DEMO_SFTP_HOST";
    public static final String SFTP_PORT = "WEIR_DEMO_SFTP_PORT";

    /** {@code ssh-ed25519 AAAA…} */
    public static final String SFTP_HOST_KEY = "WEIR_DEMO_SFTP_HOST_KEY";

    /** All placeholders of the demo policy. */
    public static final List<String> PLACEHOLDERS =
            List.of(SOURCE_URL, RECIPIENT, BUCKET_ENDPOINT, BUCKET_CA_FILE, SFTP_HOST, SFTP_PORT, SFTP_HOST_KEY);

    private DemoPolicy() {}

    /**
     * Copies the demo policy and fills in its placeholders, so that the copy stands on its own.
     *
     * <p>The secrets that it refers to are files beside the directory: {@code ../secrets/source-password}, {@code bucket-access-key},
     * {@code bucket-secret-key} and {@code sftp-user-key}; the caller writes them.
     *
     * @param directory created if need be; files of the same name are replaced
     * @param values by placeholder; one without a value stays a placeholder
     */
    public static void install(Path directory, Map<String, String> values) throws IOException {
        for (String file : files()) {
            String text = read("policy/" + file);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("${" + value.getKey() + "}", value.getValue());
            }
            Path target = directory.resolve(file);
            Path parent = target.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(target, text);
        }
    }

    /** Paths of the files, relative to the policy directory. */
    static List<String> files() throws IOException {
        return read("policy-index.txt").lines().toList();
    }

    private static String read(String name) throws IOException {
        try (InputStream in = DemoPolicy.class.getResourceAsStream("/demo/" + name)) {
            if (in == null) {
                throw new IOException("resource demo/" + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
