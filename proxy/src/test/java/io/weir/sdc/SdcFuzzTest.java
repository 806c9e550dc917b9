package io.weir.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.disclosure.preset.Presets;
import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.DescriptionReader;
import io.weir.sdc.describe.ProfileReader;
import io.weir.sdc.read.PublishedTable;
import io.weir.sdc.read.TableReader;
import io.weir.yaml.YamlProblems;
import java.nio.charset.StandardCharsets;

/** Any bytes are read or refused with a problem; nothing is thrown. */
class SdcFuzzTest {
    private static final Description CELLS = DescriptionReader.read(
                    "t.yaml", ReadingTest.CELLS.getBytes(StandardCharsets.UTF_8), new YamlProblems())
            .orElseThrow();

    @FuzzTest(maxDuration = "20s")
    void anyTable(byte[] bytes) {
        YamlProblems problems = new YamlProblems();
        assertThat(TableReader.read("t.csv", bytes, CELLS, null, problems).isEmpty())
                .isEqualTo(problems.count() > 0);
        YamlProblems published = new YamlProblems();
        assertThat(PublishedTable.read(
                                "t.csv",
                                bytes,
                                CELLS,
                                Presets.shipped().named("ukllc").marker(),
                                published)
                        .isEmpty())
                .isEqualTo(published.count() > 0);
    }

    @FuzzTest(maxDuration = "20s")
    void anyDescription(byte[] bytes) {
        YamlProblems problems = new YamlProblems();
        assertThat(DescriptionReader.read("t.yaml", bytes, problems).isEmpty()).isEqualTo(problems.count() > 0);
    }

    @FuzzTest(maxDuration = "20s")
    void anyProfile(byte[] bytes) {
        YamlProblems problems = new YamlProblems();
        assertThat(ProfileReader.read("p.yaml", bytes, problems).isEmpty()).isEqualTo(problems.count() > 0);
    }
}
