package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.query.session.authentication.ScramExchange;
import io.weir.query.wire.ProtocolViolationException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;

/** Whatever a client says in a SCRAM exchange, it is not let in without the password, and nothing but a violation is thrown. */
class ScramFuzzTest {
    @Tag("S18")
    @FuzzTest(maxDuration = "20s")
    void noMessageProvesAnUnknownPassword(FuzzedDataProvider data) {
        ScramExchange exchange =
                new ScramExchange(TestAccounts.secret("secret", new byte[16]), new byte[32], new SecureRandom());
        try {
            exchange.begin(
                    data.consumeBoolean() ? ScramExchange.PLAIN : data.consumeString(20),
                    data.consumeString(200).getBytes(StandardCharsets.UTF_8));
            assertThat(exchange.finish(data.consumeRemainingAsBytes()))
                    .isInstanceOf(ScramExchange.Result.NotProved.class);
        } catch (ProtocolViolationException expected) {
            assertThat(expected).hasMessageNotContaining("java.");
        }
    }
}
