package io.weir.demo.data;

import io.weir.policy.PolicySnapshot;
import io.weir.policy.load.PolicyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The demo policy as a snapshot, for tests of other packages. */
public final class DemoPolicyFixture {
    /** A real X25519 recipient and a real Ed25519 host key; their private halves were thrown away. */
    public static final Map<String, String> VALUES = Map.of(
            DemoPolicy.SOURCE_URL, "jdbc:postgresql://127.0.0.1:5432/hospital",
            DemoPolicy.RECIPIENT, "age17cu4ftzq842qthkd5x63twhumnm8jfgd3nmc62nchvxc46sjyywsa44csv",
            DemoPolicy.BUCKET_ENDPOINT, "https://127.0.0.1:9000",
            DemoPolicy.BUCKET_CA_FILE, "../tls/ca.pem",
            DemoPolicy.SFTP_HOST, "127.0.0.1",
            DemoPolicy.SFTP_PORT, "2222",
            DemoPolicy.SFTP_HOST_KEY,
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIADfm9Xn+0V0PJ97t7Qc15bVhYGf7RdMsn2ivsDT66qJ");

    private DemoPolicyFixture() {}

    public static PolicySnapshot snapshot() throws IOException {
        Path directory = Files.createTempDirectory("demo-policy");
        try {
            DemoPolicy.install(directory, VALUES);
            return new PolicyLoader(name -> Optional.empty()).load(directory).orThrow();
        } finally {
            try (Stream<Path> walk = Files.walk(directory)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
