package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Any value of any setting is refused, or is one that the session can work with and that means the same when it is set again. */
class SettingFuzzTest {
    private static final List<Setting> SETTINGS = List.of(Setting.values());

    @FuzzTest(maxDuration = "20s")
    void anyValueIsRefusedOrUsable(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Setting setting = SETTINGS.get(Math.floorMod(data[0] - '!', SETTINGS.size()));
        SessionSettings before = SessionSettings.opened(Map.of(), "ada", "public");
        try {
            SessionSettings after = before.with(setting, new String(data, 1, data.length - 1, StandardCharsets.UTF_8));
            assertThat(after.style()).isNotNull();
            assertThat(after.options()).isNotNull();
            assertThat(after.with(setting, after.get(setting)).get(setting)).isEqualTo(after.get(setting));
        } catch (ProblemException refused) {
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.SETTING_VALUE);
        }
    }
}
