package io.weir.audit.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    @Test
    void keysAreSortedAndStringsEscapedAsRfc8785Says() throws Exception {
        String json = CanonicalJson.write(
                Map.of("b", List.of(1, -2L, true, false), "a", "\u20ac$\u000f\nA'B\"\\\\\"/\t\ud83d\ude00\u007f"));
        assertThat(json)
                .isEqualTo(
                        "{\"a\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\t\ud83d\ude00\u007f\",\"b\":[1,-2,true,false]}");
        assertThat(CanonicalJson.write(CanonicalJsonReader.readObject(json))).isEqualTo(json);
    }

    @Test
    void valuesOutsideTheSubsetAreRefused() {
        assertThatThrownBy(() -> CanonicalJson.write(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.write(1L << 53)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.write("\ud83d")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.write("\ude00x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.write(Map.of("Key", 1))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{} ",
                " {}",
                "{\"b\":1,\"a\":2}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":01}",
                "{\"a\":-0}",
                "{\"a\":1.0}",
                "{\"a\":1e3}",
                "{\"a\":null}",
                "{\"a\": 1}",
                "{\"a\":9007199254740992}",
                "{\"a\":99999999999999999999}",
                "{\"a\":\"\\/\"}",
                "{\"a\":\"\\u000A\"}",
                "{\"a\":\"\\u000a\"}",
                "{\"a\":\"\\u0041\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":tru}",
                "{\"a\":[1,]}",
                "[]"
            })
    void whatTheWriterWouldNotWriteIsRefused(String json) {
        assertThatThrownBy(() -> CanonicalJsonReader.readObject(json)).isInstanceOf(FormatException.class);
    }

    @Test
    void malformedUtf8AndDeepNestingAreRefused() {
        byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'};
        assertThatThrownBy(() -> CanonicalJsonReader.readObject(overlong)).isInstanceOf(FormatException.class);
        String deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThatThrownBy(() -> CanonicalJsonReader.readObject(deep)).isInstanceOf(FormatException.class);
    }
}
