package io.weir.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AesSivTest {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 5297, A.1. */
    @Test
    void reproducesTheDeterministicExample() {
        List<byte[]> data = List.of(HEX.parseHex("101112131415161718191a1b1c1d1e1f2021222324252627"));
        AesSiv siv = new AesSiv(key("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"), data);
        byte[] plain = HEX.parseHex("112233445566778899aabbccddee");
        byte[] sealed = siv.seal(plain);
        assertThat(HEX.formatHex(sealed)).isEqualTo("85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c");
        assertThat(siv.open(sealed)).hasValueSatisfying(p -> assertThat(p).isEqualTo(plain));
    }

    /** RFC 5297, A.2. */
    @Test
    void reproducesTheNonceBasedExample() {
        List<byte[]> data = List.of(
                HEX.parseHex("00112233445566778899aabbccddeeffdeaddadadeaddadaffeeddccbbaa99887766554433221100"),
                HEX.parseHex("102030405060708090a0"),
                HEX.parseHex("09f911029d74e35bd84156c5635688c0"));
        byte[] plain = HEX.parseHex(
                "7468697320697320736f6d6520706c61696e7465787420746f20656e6372797074207573696e67205349562d414553");
        AesSiv siv = new AesSiv(key("7f7e7d7c7b7a79787776757473727170404142434445464748494a4b4c4d4e4f"), data);
        assertThat(HEX.formatHex(siv.seal(plain)))
                .isEqualTo("7bdb6e3b432667eb06f4d14bff2fbd0fcb900f2fddbe404326601965c889bf17"
                        + "dba77ceb094fa663b7a3f748ba8af829ea64ad544a272e9c485b62a3fd5c0d");
    }

    @Test
    void aChangedByteDoesNotOpen() {
        AesSiv siv = new AesSiv(key("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"), List.of());
        byte[] sealed = siv.seal(new byte[] {1, 2, 3});
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(siv.open(changed)).isEmpty();
        }
    }

    /** One engine seals texts of growing and shrinking length, so that nothing of an earlier one may stay in its buffers. */
    @Test
    void equalsAnotherImplementationForEveryLength() {
        SplittableRandom random = new SplittableRandom(5297);
        for (int n = 0; n < 60; n++) {
            byte[] key = bytes(random, n % 2 == 0 ? 32 : 64);
            List<byte[]> data = Stream.generate(() -> bytes(random, random.nextInt(50)))
                    .limit(random.nextInt(4))
                    .toList();
            AesSiv ours = new AesSiv(new PseudonymKey(key), data);
            BouncyCastleSiv other = new BouncyCastleSiv(new PseudonymKey(key));
            for (int length : random.ints(40, 0, 90).toArray()) {
                byte[] plain = bytes(random, length);
                byte[] sealed = ours.seal(plain);
                assertThat(sealed).as("%d bytes", length).isEqualTo(other.seal(plain, data));
                assertThat(ours.open(sealed))
                        .hasValueSatisfying(p -> assertThat(p).isEqualTo(plain));
            }
        }
    }

    @Test
    void keysOfOtherLengthsAreRefused() {
        for (int length : new int[] {0, 16, 33, 48, 65}) {
            PseudonymKey key = new PseudonymKey(new byte[length]);
            assertThatThrownBy(() -> new AesSiv(key, List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static PseudonymKey key(String hex) {
        return new PseudonymKey(HEX.parseHex(hex));
    }
}
