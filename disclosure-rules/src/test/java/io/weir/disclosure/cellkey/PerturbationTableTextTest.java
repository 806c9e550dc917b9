package io.weir.disclosure.cellkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerturbationTableTextTest {
    private static final String ONE = "i,j,p,v,p_int_lb,p_int_ub,type\n";

    @Test
    void columnsAreFoundByNameAndTypesAreKeptApart() {
        String text = "\"type\",\"v\",\"i\",\"p\",\"p_int_ub\",\"p_int_lb\",\"j\"\n"
                + "even,0,0,1,1,0,0\nodd,0,0,1,1,0,0\n"
                + "even,-1,1,0.5,0.5,0,0\neven,1,1,0.5,1,0.5,2\n\nodd,0,1,1,1,0,1\n";
        assertThat(PerturbationTableText.read(text, "even")
                        .distributions()
                        .get(1)
                        .variance())
                .isEqualTo(1, within(1e-12));
        assertThat(PerturbationTableText.read(text, "odd")
                        .distributions()
                        .get(1)
                        .variance())
                .isZero();
        assertThatThrownBy(() -> PerturbationTableText.read(text, "all")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTableWithoutTypesIsOfTypeAll() {
        assertThat(PerturbationTableText.read(CountPerturbationTest.HANDBOOK, "all")
                        .isUnbiased(1e-9))
                .isFalse(); // 2 becomes 2 or 3
        assertThatThrownBy(() -> PerturbationTableText.read(CountPerturbationTest.HANDBOOK, "even"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,0,0.5,-1,0,0.5,all;1,2,0.5,1,0.5,1,all|",
                "1,1,0.5,-1,0,0.5,all;1,2,0.5,1,0.5,1,all|Line 3 has a result",
                "1,0,0.4,-1,0,0.5,all;1,2,0.5,1,0.5,1,all|Line 3 has keys",
                "1,0,0.5,-1,0,0.5,all;1,2,0.5,1,0.6,1,all|Line 4 leaves a gap",
                "1,0,0.5,-1,0,0.5,all;1,2,0.4,1,0.5,0.9,all|do not end at 1",
                "1,-1,0.5,-2,0,0.5,all;1,3,0.5,2,0.5,1,all|no result is negative",
                "1,0,0.5,-1,0,0.5,all;1,0,0.5,-1,0.5,1,all|stands twice",
                "1,0,x,-1,0,0.5,all;1,2,0.5,1,0.5,1,all|Line 3 has no number in column p",
                "1,0,0.5,-1,0,0.5;1,2,0.5,1,0.5,1,all|Line 3 has 6 cells",
                "1,0,NaN,-1,0,0.5,all;1,2,0.5,1,0.5,1,all|Line 3",
                "1,0,1.5,-1,0,1.5,all;1,2,-0.5,1,1.5,1,all|Keys ascend"
            })
    void everyLineIsChecked(String lines, String error) {
        String text = ONE + "0,0,1,0,0,1,all\n" + lines.replace(";", "\n");
        if (error == null) {
            assertThat(PerturbationTableText.read(text, "all").isUnbiased(0)).isTrue();
        } else {
            assertThatThrownBy(() -> PerturbationTableText.read(text, "all"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(error);
        }
    }

    @Test
    void headersAreChecked() {
        for (String header : new String[] {"", "i,j,p,v", "i,i,j,p,v,p_int_ub", "i,j,p,p_ij,v,p_int_ub"}) {
            assertThatThrownBy(() -> PerturbationTableText.read(header, "all"))
                    .as(header)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void zeroMustBeThere() {
        assertThatThrownBy(() -> PerturbationTableText.read(ONE + "1,1,1,0,0,1,all\n2,2,1,0,0,1,all", "all"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begins with 0");
    }
}
