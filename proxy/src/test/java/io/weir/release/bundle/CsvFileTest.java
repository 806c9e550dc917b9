package io.weir.release.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.FrozenAnswer.Cell;
import io.weir.query.type.SqlType;
import io.weir.release.Fixtures;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
    private static String csv(FrozenAnswer answer) {
        return new String(CsvFile.write(answer), StandardCharsets.UTF_8);
    }

    @Test
    void theTableIsWrittenWithMarkersAndWithoutFormulas() {
        assertThat(csv(Fixtures.answer())).isEqualTo("provider,n\r\nRX1,120\r\n'=RX2,[c]\r\n,[c]\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                " =1",
                "\u00a0=1",
                "＝1",
                "＋1",
                "－1",
                "＠a",
                "\tx"
            })
    void textThatASpreadsheetWouldRunGetsAnApostrophe(String text) {
        assertThat(CsvFile.harmless(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1", "NHS", "1-2", "'=1", "a\tb"})
    void ordinaryTextStaysAsItIs(String text) {
        assertThat(CsvFile.harmless(text)).isEqualTo(text);
    }

    @Test
    void controlCharactersAreReplaced() {
        assertThat(CsvFile.harmless("a\u0000\u001bb\u009c")).isEqualTo("a\uFFFD\uFFFDb\uFFFD");
    }

    @Test
    void headersAreMadeHarmlessToo() {
        String text = csv(Fixtures.answer(
                "aggregate",
                List.of(Fixtures.column("=cmd|' /C calc'!A0", SqlType.INT8)),
                List.of(List.of(new Cell.Shown(-5L, false)))));
        assertThat(text).as("numbers keep their sign").isEqualTo("'=cmd|' /C calc'!A0\r\n-5\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF",
                "\u200B",
                "\u200D",
                "\u2060",
                "\u202E",
                "\u2066",
                "\u00AD",
                "\u180E",
                "\u00A0",
                "\u2028",
                "\u3164",
                "\u115F",
                "\u2800",
                "\uFE0F",
                "\u034F",
                "\u0001",
                "\u0085",
                "\uDB40\uDC20",
                "\uFEFF \u200B\uFEFF"
            })
    void aFormulaBehindWhatNobodySeesIsAFormula(String prefix) {
        for (String sign : List.of("=", "+", "-", "@", "\uFF1D", "\uFE66", "\u2212")) {
            assertThat(CsvFile.harmless(prefix + sign + "1+1")).startsWith("'").endsWith("1+1");
        }
        assertThat(CsvFile.harmless(prefix + "a=1")).endsWith("a=1").doesNotStartWith("'");
        assertThat(csv(Fixtures.answer(
                        "aggregate",
                        List.of(Fixtures.column(prefix + "=1+1", SqlType.INT8)),
                        List.of(List.of(new Cell.Shown(5L, false))))))
                .matches("(?s)\"?'.*");
    }

    @ParameterizedTest
    @CsvSource({"FLOAT8,1e300", "FLOAT8,0.1", "FLOAT8,-0.0", "FLOAT8,120.0"})
    void numbersAreWrittenPlainly(SqlType type, double value) {
        String text = csv(Fixtures.answer(
                "aggregate", List.of(Fixtures.column("x", type)), List.of(List.of(new Cell.Shown(value, false)))));
        String number = text.split("\r\n")[1];
        assertThat(number).matches("-?\\d+(\\.\\d+)?");
        assertThat(new BigDecimal(number)).isEqualByComparingTo(BigDecimal.valueOf(value));
    }

    @Test
    void anIndependentReaderReadsItBack() {
        String nasty = "a,\"b\"\r\nc ";
        FrozenAnswer answer = Fixtures.answer(
                "aggregate",
                List.of(Fixtures.column("a\"b", SqlType.TEXT), Fixtures.column("c", SqlType.NUMERIC)),
                List.of(
                        List.of(new Cell.Shown(nasty, false), new Cell.Shown(new BigDecimal("1.50"), true)),
                        List.of(new Cell.Shown("", false), new Cell.Shown(null, false))));
        List<CsvRecord> records =
                CsvReader.builder().ofCsvRecord(csv(answer)).stream().toList();
        assertThat(records)
                .extracting(CsvRecord::getFields)
                .containsExactly(List.of("a\"b", "c"), List.of(nasty, "1.50"), List.of("", ""));
    }

    @Test
    void aMissingValueInATableOfOneColumnIsARecordOfItsOwn() {
        assertThat(csv(Fixtures.answer(
                        "aggregate",
                        List.of(Fixtures.column("x", SqlType.TEXT)),
                        List.of(List.of(new Cell.Shown(null, false)), List.of(new Cell.Shown("y", false))))))
                .isEqualTo("x\r\n\"\"\r\ny\r\n");
    }
}
