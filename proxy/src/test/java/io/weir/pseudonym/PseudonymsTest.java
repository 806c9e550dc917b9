package io.weir.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.identity.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymsTest {
    private static final ProjectId DIABETES = new ProjectId("diabetes");
    private static final ProjectId FLOW = new ProjectId("flow");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path directory = Path.of("set by JUnit");

    private Path keyFile = Path.of("set before each test");

    @BeforeEach
    void writesAKey() throws IOException {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        keyFile = directory.resolve("kek");
        Files.write(keyFile, key);
    }

    @Test
    void pseudonymsOfNhsNumbersAreNeverValidAndComeBack() throws IOException {
        Pseudonymiser nhs = pseudonyms(1).of(FLOW, Pseudonyms.NHS);
        int tried = 0;
        for (long body = 400_000_000L; tried < 1_000_000; body += 97) {
            int check = NhsNumber.check(body);
            if (check == 10) {
                continue;
            }
            tried++;
            String raw = body + String.valueOf(check);
            String pseudonym = Objects.requireNonNull(nhs.pseudonym(raw));
            if (NhsNumber.isValid(pseudonym) || pseudonym.length() != 10) {
                throw new AssertionError(pseudonym + " could be an NHS number");
            }
            if (tried % 50 == 0) {
                assertThat(nhs.raw(pseudonym)).hasValue(raw);
            }
        }
        assertThat(nhs.invalid()).isZero();
    }

    @Test
    void whatIsNoNhsNumberBecomesNullAndIsCounted() throws IOException {
        Pseudonymiser nhs = pseudonyms(1).of(FLOW, Pseudonyms.NHS);
        assertThat(nhs.pseudonym(null)).isNull();
        assertThat(nhs.pseudonym("9434765918")).isNull();
        assertThat(nhs.pseudonym("943 476 5919")).isNull();
        assertThat(nhs.invalid()).isEqualTo(2);
    }

    @Test
    void literalsThatDecodeToNothingAreEmpty() throws IOException {
        Pseudonyms pseudonyms = pseudonyms(1);
        Pseudonymiser nhs = pseudonyms.of(FLOW, Pseudonyms.NHS);
        Pseudonymiser patient = pseudonyms.of(FLOW, "patient");
        assertThat(nhs.raw("9434765919")).isEmpty();
        assertThat(nhs.raw("x")).isEmpty();
        assertThat(patient.raw("1234567")).isEmpty();
        assertThat(patient.raw("p1")).isEmpty();
        assertThat(patient.raw("p1!!")).isEmpty();
        assertThat(patient.raw("p1" + "a".repeat(40))).isEmpty();
    }

    @Test
    void tokensComeBackAndKeepTheirLength() throws IOException {
        Pseudonymiser patient = pseudonyms(1).of(FLOW, "patient");
        for (String raw : new String[] {"1", "1234567", "Zoë", "a".repeat(300)}) {
            String token = Objects.requireNonNull(patient.pseudonym(raw));
            assertThat(token).startsWith("p1").matches("[a-z2-7]+|p1[a-z2-7]+");
            assertThat(token.length())
                    .isEqualTo(patient.length(raw.getBytes(java.nio.charset.StandardCharsets.UTF_8).length));
            assertThat(patient.raw(token)).hasValue(raw);
        }
    }

    @Test
    void twoProjectsTwoNamespacesAndTwoEpochsShareNothing() throws IOException {
        Set<String> all = new HashSet<>();
        int expected = 0;
        for (Pseudonymiser p : new Pseudonymiser[] {
            pseudonyms(1).of(FLOW, "patient"),
            pseudonyms(1).of(FLOW, "admission"),
            pseudonyms(1).of(DIABETES, "patient"),
            pseudonyms(2).of(FLOW, "patient")
        }) {
            for (int i = 0; i < 500; i++) {
                all.add(Objects.requireNonNull(p.pseudonym(String.valueOf(i))));
                expected++;
            }
        }
        assertThat(all).hasSize(expected);
    }

    @Test
    void pseudonymsStayTheSameAfterARestart() throws IOException {
        assertThat(pseudonyms(1).of(FLOW, "patient").pseudonym("42"))
                .isEqualTo(pseudonyms(1).of(FLOW, "patient").pseudonym("42"));
    }

    @Test
    void anotherKeyDoesNotUnlockTheMaster() throws IOException {
        pseudonyms(1).of(FLOW, "patient");
        writesAKey();
        Pseudonyms other = pseudonyms(1);
        assertThatThrownBy(() -> other.of(FLOW, "patient")).isInstanceOf(KeyUnavailableException.class);
    }

    @Test
    void keysPrintStars() throws IOException {
        assertThat(new PseudonymKey(new byte[32])).hasToString("***");
        assertThat(LocalKeyEncryptionKey.fromRawFile(keyFile, RANDOM)).hasToString("***");
    }

    /** RFC 5869, A.1. */
    @Test
    void hkdfReproducesTheFirstExample() {
        HexFormat hex = HexFormat.of();
        byte[] out = Hkdf.derive(
                hex.parseHex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
                hex.parseHex("000102030405060708090a0b0c"),
                hex.parseHex("f0f1f2f3f4f5f6f7f8f9"),
                42);
        assertThat(hex.formatHex(out))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    private Pseudonyms pseudonyms(int epoch) throws IOException {
        return new Pseudonyms(
                LocalKeyEncryptionKey.fromRawFile(keyFile, RANDOM),
                new FileWrappedMasters(directory.resolve("masters")),
                RANDOM,
                epoch);
    }
}
