package io.weir.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AesSivTest {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 5297, A.1. */
    @Test
    void reproducesTheDeterministicExample() {
        AesSiv siv = new AesSiv(key("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));
        List<byte[]> data = List.of(HEX.parseHex("101112131415161718191a1b1c1d1e1f2021222324252627"));
        byte[] plain = HEX.parseHex("112233445566778899aabbccddee");
        byte[] sealed = siv.seal(plain, data);
        assertThat(HEX.formatHex(sealed)).isEqualTo("85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c");
        assertThat(siv.open(sealed, data)).hasValueSatisfying(p -> assertThat(p).isEqualTo(plain));
    }

    /** RFC 5297, A.2. */
    @Test
    void reproducesTheNonceBasedExample() {
        AesSiv siv = new AesSiv(key("7f7e7d7c7b7a79787776757473727170404142434445464748494a4b4c4d4e4f"));
        List<byte[]> data = List.of(
                HEX.parseHex("00112233445566778899aabbccddeeffdeaddadadeaddadaffeeddccbbaa99887766554433221100"),
                HEX.parseHex("102030405060708090a0"),
                HEX.parseHex("09f911029d74e35bd84156c5635688c0"));
        byte[] plain = HEX.parseHex(
                "7468697320697320736f6d6520706c61696e7465787420746f20656e6372797074207573696e67205349562d414553");
        assertThat(HEX.formatHex(siv.seal(plain, data)))
                .isEqualTo("7bdb6e3b432667eb06f4d14bff2fbd0fcb900f2fddbe404326601965c889bf17"
                        + "dba77ceb094fa663b7a3f748ba8af829ea64ad544a272e9c485b62a3fd5c0d");
    }

    @Test
    void aChangedByteDoesNotOpen() {
        AesSiv siv = new AesSiv(key("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));
        byte[] sealed = siv.seal(new byte[] {1, 2, 3}, List.of());
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(siv.open(changed, List.of())).isEmpty();
        }
    }

    private static PseudonymKey key(String hex) {
        return new PseudonymKey(HEX.parseHex(hex));
    }
}
