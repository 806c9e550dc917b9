package io.weir.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitPermutationTest {
    /** NIST SP 800-38G, FF1 samples 1 (AES-128), 4 (AES-192) and 7 (AES-256): ten digits, empty tweak. */
    @ParameterizedTest
    @CsvSource({
        "2B7E151628AED2A6ABF7158809CF4F3C,2433477484",
        "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F,2830668132",
        "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94,6657667009"
    })
    void reproducesTheNistSamples(String key, long expected) {
        DigitPermutation ff1 =
                new DigitPermutation(new PseudonymKey(HexFormat.of().parseHex(key)), 10);
        assertThat(ff1.encrypt(123_456_789L)).isEqualTo(expected);
        assertThat(ff1.decrypt(expected)).isEqualTo(123_456_789L);
    }

    @Test
    void equalsBouncyCastleForEveryLength() {
        SplittableRandom random = new SplittableRandom(38);
        for (int digits = 6; digits <= 18; digits++) {
            for (int n = 0; n < 40; n++) {
                byte[] key = new byte[32];
                random.nextBytes(key);
                DigitPermutation ours = new DigitPermutation(new PseudonymKey(key), digits);
                long plain = random.nextLong(ours.size());
                long encrypted = ours.encrypt(plain);
                assertThat(encrypted).as("%d digits of %d", digits, plain).isEqualTo(bouncyCastle(key, plain, digits));
                assertThat(ours.decrypt(encrypted)).isEqualTo(plain);
            }
        }
    }

    private static long bouncyCastle(byte[] key, long plain, int digits) {
        FPEFF1Engine engine = new FPEFF1Engine();
        engine.init(true, new FPEParameters(new KeyParameter(key), 10, new byte[0]));
        byte[] in = new byte[digits];
        long rest = plain;
        for (int i = digits - 1; i >= 0; i--) {
            in[i] = (byte) (rest % 10);
            rest /= 10;
        }
        byte[] out = new byte[digits];
        engine.processBlock(in, 0, digits, out, 0);
        long value = 0;
        for (byte digit : out) {
            value = value * 10 + digit;
        }
        return value;
    }
}
