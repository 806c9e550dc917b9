package io.weir.release.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.audit.AuditEvent;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.connector.destination.DestinationException.Kind;
import io.weir.identity.PersonId;
import io.weir.policy.Person;
import io.weir.release.FakeDestination.Crash;
import io.weir.release.Fixtures;
import io.weir.release.ReleaseRoad;
import io.weir.release.bundle.SealRecord;
import io.weir.release.bundle.SealStore;
import io.weir.release.request.RequestId;
import io.weir.release.request.Step;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CourierIT {
    @TempDir
    Path directory;

    private ReleaseRoad road;
    private String identity;

    @BeforeEach
    void open() throws Exception {
        road = new ReleaseRoad(directory);
        KeyPair keys = new X25519KeyPairGenerator().generateKeyPair();
        identity = keys.getPrivate().toString();
        road.policy = Fixtures.policy(
                Fixtures.people(), Fixtures.agreement(), keys.getPublic().toString());
    }

    @AfterEach
    void close() {
        road.close();
    }

    private Map<String, byte[]> unpack(byte[] zip) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName().substring(entry.getName().indexOf('/') + 1), in.readAllBytes());
            }
        }
        return files;
    }

    private byte[] decrypt(byte[] ciphertext) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = Channels.newInputStream(new StandardDecryptingChannelFactory()
                .newDecryptingChannel(
                        Channels.newChannel(new ByteArrayInputStream(ciphertext)),
                        List.of(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity))))) {
            in.transferTo(out);
        }
        return out.toByteArray();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private byte[] ciphertext() {
        return road.destination.files().entrySet().stream()
                .filter(e -> e.getKey().endsWith(".zip.age"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasApprovedArrivesEncryptedAndItsDigestsMatchTheRecord() throws Exception {
        String id = road.approved();
        assertThat(road.courier().runOnce()).isEqualTo(1);
        assertThat(road.state(id)).isEqualTo("delivered");

        byte[] ciphertext = ciphertext();
        byte[] zip = decrypt(ciphertext);
        SealRecord record = road.seals.findSeal(new RequestId(id)).orElseThrow();
        assertThat(sha256(ciphertext)).isEqualTo(record.cipherSha256());
        assertThat(sha256(zip)).isEqualTo(record.plainSha256());
        assertThat(ciphertext.length).isEqualTo((int) record.cipherSize());
        assertThat(new String(ciphertext, StandardCharsets.ISO_8859_1)).doesNotContain("RX1");

        Map<String, byte[]> files = unpack(zip);
        assertThat(files)
                .containsOnlyKeys(
                        "README.txt",
                        "acro/" + id + "_0.csv",
                        "acro/results.json",
                        "manifest.json",
                        "result.csv",
                        "sdc-record.json");
        assertThat(files.get("result.csv")).asString(StandardCharsets.UTF_8).startsWith("provider,n\r\nRX1,120\r\n");
        JsonNode manifest = new ObjectMapper().readTree(files.get("manifest.json"));
        assertThat(manifest.get("files").size()).isEqualTo(5);
        for (JsonNode file : manifest.get("files")) {
            byte[] content = Objects.requireNonNull(files.get(file.get("name").textValue()));
            assertThat(file.get("sha256").textValue()).isEqualTo(sha256(content));
            assertThat(file.get("size").intValue()).isEqualTo(content.length);
        }
        String nonce = road.requests
                .frozen(road.desk.show(Fixtures.asker(), id).orThrow().digest())
                .nonce();
        assertThat(new String(zip, StandardCharsets.UTF_8)).doesNotContain(nonce);
        byte[] marker = road.destination.files().get("stroke." + id + "/" + id + ".committed.json");
        assertThat(marker)
                .asString(StandardCharsets.UTF_8)
                .contains(record.plainSha256())
                .doesNotContain(nonce, manifest.get("salt").textValue());
        assertThat(manifest.get("salt").textValue()).as("in the bundle alone").hasSize(64);
        JsonNode acro =
                new ObjectMapper().readTree(files.get("acro/results.json")).at("/results/" + id);
        assertThat(acro.get("status").textValue()).isEqualTo("review");
        assertThat(acro.at("/files/0/name").textValue()).isEqualTo(id + "_0.csv");
        assertThat(acro.at("/files/0/sdc/cells/hidden").toString()).isEqualTo("[[1,1],[2,1]]");
        assertThat(acro.at("/outcome/n").toString()).isEqualTo("{\"1\":\"ok\",\"2\":\"hidden; \",\"3\":\"hidden; \"}");
        assertThat(acro.toString())
                .as("nothing that helps to undo the protection")
                .doesNotContain("complementary", "minimum-frequency", "WHERE sex", "47.5");
        assertThat(files.get("acro/" + id + "_0.csv"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(",provider,n\r\n1,RX1,120\r\n2,'=RX2,[c]\r\n3,,[c]\r\n");
        JsonNode sdc = new ObjectMapper().readTree(files.get("sdc-record.json"));
        assertThat(sdc.at("/review/approvals").size()).isEqualTo(2);
        assertThat(sdc.at("/cells/hidden").intValue()).isEqualTo(2);
        assertThat(sdc.at("/criteria/parameters/threshold").textValue()).isEqualTo("10");
        assertThat(sdc.toString())
                .as("nothing that helps to undo the protection")
                .doesNotContain("0.1\"", "complementary", "minimum-frequency", "WHERE sex", "query_sha256");
    }

    @Test
    void theRecordIsAnchoredBeforeAnythingLeavesAndTheMarkerIsLast() throws Exception {
        String id = road.approved();
        road.courier().runOnce();
        List<String> order = road.destination.order();
        assertThat(order).hasSize(3);
        assertThat(order.get(0)).isEqualTo("anchor");
        assertThat(order.get(1)).startsWith("stroke." + id + "/").endsWith(".zip.age");
        assertThat(order.get(2)).isEqualTo("stroke." + id + "/" + id + ".committed.json");
        List<EventType> types =
                road.audit.events().stream().map(AuditEvent::type).toList();
        assertThat(types)
                .endsWith(
                        EventType.RELEASE_APPROVED,
                        EventType.RELEASE_SEALED,
                        EventType.DELIVERY_STARTED,
                        EventType.DELIVERY_DONE);
        assertThat(road.query("SELECT locations[1] FROM delivery_attempts")).startsWith("fake://stroke." + id);
    }

    @Test
    void withoutAnAnchorNothingLeavesAndItLeavesLater() throws Exception {
        String id = road.approved();
        road.destination.breakAnchor(true);
        Courier courier = road.courier();
        assertThatThrownBy(courier::runOnce).isInstanceOf(AuditUnavailableException.class);
        assertThat(road.destination.files()).isEmpty();
        assertThat(road.state(id)).isEqualTo("sealed");
        road.destination.breakAnchor(false);
        road.clock.turn(Duration.ofMinutes(20));
        courier.runOnce();
        assertThat(road.state(id)).isEqualTo("delivered");
    }

    @Test
    void theSpoolIsPrivateHoldsOnlyCiphertextAndIsEmptyAfterDelivery() throws Exception {
        road.approved();
        road.destination.failWith(Kind.TRANSIENT);
        road.courier().runOnce();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(road.spoolDirectory)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(road.spoolDirectory)) {
            List<Path> list = files.toList();
            assertThat(list).hasSize(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list.getFirst())))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(list.getFirst(), StandardCharsets.ISO_8859_1))
                    .startsWith("age-encryption.org/v1\n-> X25519 ")
                    .doesNotContain("RX1");
        }
        Files.writeString(road.spoolDirectory.resolve("dead.part"), "half");
        road.clock.turn(Duration.ofHours(1));
        road.courier().runOnce();
        assertThat(road.spoolDirectory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aKillAtTheDestinationIsFollowedByOneCompleteDelivery(int filesBeforeCrash) throws Exception {
        String id = road.approved();
        road.destination.crashAfterFiles(filesBeforeCrash);
        Courier killed = road.courier();
        assertThatThrownBy(killed::runOnce).isInstanceOf(Crash.class);
        assertThat(road.state(id)).isEqualTo("sealed");
        assertThat(road.courier().runOnce())
                .as("the dead one's lease still holds")
                .isZero();
        road.clock.turn(Duration.ofMinutes(16));
        road.courier().runOnce();
        assertThat(road.state(id)).isEqualTo("delivered");
        assertThat(road.destination.creations()).isEqualTo(2);
        assertThat(road.audit.events(EventType.DELIVERY_STARTED)).hasSize(2);
        assertThat(road.audit.events(EventType.DELIVERY_DONE)).hasSize(1);
        assertThat(sha256(decrypt(ciphertext())))
                .isEqualTo(road.seals.findSeal(new RequestId(id)).orElseThrow().plainSha256());
    }

    /** Where the courier dies beside the store. */
    enum Death {
        BEFORE_SEAL,
        AFTER_SEAL,
        AFTER_LEASE,
        AFTER_BEGIN,
        BEFORE_DONE,
        AFTER_DONE
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void aKillBesideAnyChangeIsFollowedByOneCompleteDelivery(Death death) throws Exception {
        String id = road.approved();
        MortalStore mortal = new MortalStore(road.outbox, road.seals, death);
        Courier killed = road.courier(mortal, mortal);
        assertThatThrownBy(killed::runOnce).isInstanceOf(Crash.class);
        road.clock.turn(Duration.ofMinutes(16));
        road.courier().runOnce();
        assertThat(road.state(id)).isEqualTo("delivered");
        assertThat(road.destination.creations()).isEqualTo(2);
        assertThat(road.audit.events(EventType.RELEASE_SEALED)).hasSize(1);
        assertThat(road.audit.events(EventType.DELIVERY_DONE)).hasSize(1);
        assertThat(road.courier().runOnce()).isZero();
    }

    private record MortalStore(Outbox outbox, SealStore seals, Death death) implements Outbox, SealStore {
        private <T> T dying(T value, Death at) {
            if (death == at) {
                throw new Crash();
            }
            return value;
        }

        @Override
        public boolean seal(Step step, SealRecord record, AuditEvent event) {
            dying(true, Death.BEFORE_SEAL);
            return dying(seals.seal(step, record, event), Death.AFTER_SEAL);
        }

        @Override
        public Optional<SealRecord> findSeal(RequestId request) {
            return seals.findSeal(request);
        }

        @Override
        public Optional<Lease> lease(Instant now, Duration length) {
            return dying(outbox.lease(now, length), Death.AFTER_LEASE);
        }

        @Override
        public boolean begin(Lease lease, Instant now, Duration length, AuditEvent event) {
            return dying(outbox.begin(lease, now, length, event), Death.AFTER_BEGIN);
        }

        @Override
        public boolean delivered(
                Lease lease, Step step, List<String> locations, boolean alreadyThere, AuditEvent event) {
            dying(true, Death.BEFORE_DONE);
            return dying(outbox.delivered(lease, step, locations, alreadyThere, event), Death.AFTER_DONE);
        }

        @Override
        public boolean stopped(Lease lease, Step step, AuditEvent event) {
            return outbox.stopped(lease, step, event);
        }

        @Override
        public boolean postpone(Lease lease, Instant at, Instant again, String reason, AuditEvent event) {
            return outbox.postpone(lease, at, again, reason, event);
        }
    }

    @Test
    void anOlderLeaseChangesNothing() {
        String id = road.approved();
        seal();
        Lease old =
                road.outbox.lease(road.clock.instant(), Duration.ofMinutes(1)).orElseThrow();
        assertThat(road.outbox.lease(road.clock.instant(), Duration.ofMinutes(1)))
                .isEmpty();
        road.clock.turn(Duration.ofMinutes(2));
        Lease current =
                road.outbox.lease(road.clock.instant(), Duration.ofMinutes(1)).orElseThrow();
        assertThat(current.fence()).isGreaterThan(old.fence());
        Instant now = road.clock.instant();
        AuditEvent event = AuditEvent.of(EventType.DELIVERY_STARTED);
        assertThat(road.outbox.begin(old, now, Duration.ofMinutes(1), event)).isFalse();
        assertThat(road.outbox.postpone(old, now, now, "late", event)).isFalse();
        assertThat(road.outbox.begin(current, now, Duration.ofMinutes(1), event))
                .isTrue();
        assertThat(road.state(id)).isEqualTo("sealed");
    }

    /** Seals and lets the first attempt pass by. */
    private void seal() {
        road.destination.failWith(Kind.TRANSIENT);
        try {
            road.courier().runOnce();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        road.clock.turn(Duration.ofHours(1));
    }

    @Test
    void aChangedRecipientKeyStopsTheDelivery() throws Exception {
        String id = road.approved();
        seal();
        road.policy = Fixtures.policy(Fixtures.people(), Fixtures.agreement(), Fixtures.RECIPIENT);
        road.courier().runOnce();
        assertThat(road.state(id)).isEqualTo("failed");
        assertThat(road.destination.files()).isEmpty();
        assertThat(road.alerts.toString()).contains("key has changed");
    }

    @Test
    void anAgreementThatEndedStopsTheDelivery() throws Exception {
        String id = road.approved();
        seal();
        road.policy = Fixtures.policy(
                Fixtures.people(),
                Fixtures.agreement(2, Set.of("trust-bucket"), false, Fixtures.TODAY.minusDays(1)),
                Fixtures.RECIPIENT);
        road.courier().runOnce();
        assertThat(road.state(id)).isEqualTo("failed");
        assertThat(road.destination.files()).isEmpty();
    }

    @Test
    void anApprovalThatFellBeforeSealingReturnsTheRequest() throws Exception {
        String id = road.approved();
        Map<PersonId, Person> people = Fixtures.people();
        people.remove(Fixtures.CHECKER_2);
        road.policy = Fixtures.policy(people, Fixtures.agreement(), Fixtures.RECIPIENT);
        road.courier().runOnce();
        assertThat(road.state(id)).isEqualTo("returned");
        assertThat(road.desk.show(Fixtures.asker(), id).orThrow().summary().reason())
                .contains("no longer stands")
                .doesNotContain(Fixtures.CHECKER_2.value());
        assertThat(road.destination.files()).isEmpty();
    }

    @Test
    void aKeyThatIsNoKeyFailsBeforeAnythingIsWritten() throws Exception {
        String id = road.approved();
        road.policy = Fixtures.policy(Fixtures.people(), Fixtures.agreement(), "age1notakey");
        road.courier().runOnce();
        assertThat(road.state(id)).isEqualTo("failed");
        assertThat(road.spoolDirectory).isEmptyDirectory();
    }

    @Test
    void aFrozenResultThatWasTamperedWithIsNeverSealed() throws SQLException, IOException {
        String id = road.approved();
        road.database.run(
                "ALTER TABLE frozen_answers DISABLE TRIGGER write_once",
                "UPDATE frozen_answers SET content = replace(content, '120', '7')");
        road.courier().runOnce();
        assertThat(road.query("SELECT state FROM release_requests WHERE id = '" + id + "'"))
                .isEqualTo("failed");
        assertThat(road.destination.files()).isEmpty();
    }

    @Test
    void aDamagedBundleIsNotSent() throws Exception {
        String id = road.approved();
        seal();
        try (Stream<Path> files = Files.list(road.spoolDirectory)) {
            Path file = files.findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            Files.write(file, bytes);
        }
        road.courier().runOnce();
        assertThat(road.state(id)).isEqualTo("failed");
        assertThat(road.destination.files()).isEmpty();
    }

    @Test
    void otherBytesUnderOurNameAreNeverOverwritten() throws Exception {
        String id = road.approved();
        String name = "stroke." + id + "/" + id + ".committed.json";
        road.destination.put(name, new byte[] {1});
        road.courier().runOnce();
        assertThat(road.state(id)).isEqualTo("failed");
        assertThat(road.destination.files().get(name)).containsExactly(1);
    }

    @Test
    void theSameReleaseIsTheSamePlaintextWhateverTheTimeZone() throws Exception {
        String first = road.approved();
        road.destination.failWith(Kind.DENIED);
        road.courier().runOnce();
        String plain = road.seals.findSeal(new RequestId(first)).orElseThrow().plainSha256();
        try (Stream<Path> files = Files.list(road.spoolDirectory)) {
            Files.delete(files.findFirst().orElseThrow());
        }
        java.util.TimeZone zone = java.util.TimeZone.getDefault();
        try {
            java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("Asia/Tokyo"));
            road.clock.turn(Duration.ofHours(1));
            road.deliveries.resume(Fixtures.OPERATOR, first).orThrow();
            road.courier().runOnce();
        } finally {
            java.util.TimeZone.setDefault(zone);
        }
        SealRecord again = road.seals.findSeal(new RequestId(first)).orElseThrow();
        assertThat(again.plainSha256()).isEqualTo(plain);
    }
}
