package io.weir.disclosure.acro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.disclosure.DisclosureRules;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.Proof;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.GroupingSet;
import io.weir.disclosure.table.MarginEquations;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The format of acro/record.py, Records.finalise_json and load_records, of ACRO 1.0.1. */
class AcroResultsTest {
    private static final String TIME = "2026-11-27T04:20:00.000123";
    private static final RiskAppetite TEN = new RiskAppetite(10, ZeroRule.SHOWN, 1, List.of(), null);
    private static final List<Measure> PATIENTS = List.of(
            Measure.count("patients", MeasureKind.UNITS),
            Measure.count("units", MeasureKind.UNITS).unpublished());

    @Test
    void everyFieldOfAnOutputIsThereInOrder() {
        AcroOutput output = table(true).output("output_0", "sql", "SELECT \"sex\", count(*)", TIME, Audience.CHECKERS);
        assertThat(new AcroResults(List.of(output.asking("Ölçüm, \\ needed\n"))).json())
                .isEqualTo("""
                {
                    "version": "1.0.1",
                    "results": {
                        "output_0": {
                            "uid": "output_0",
                            "status": "review",
                            "type": "table",
                            "properties": {
                                "method": "sql",
                                "mitigation": "suppress"
                            },
                            "files": [
                                {
                                    "name": "output_0_0.csv",
                                    "sdc": {
                                        "summary": {
                                            "MinimumThresholdCheck": 1,
                                            "complementary": 1
                                        },
                                        "cells": {
                                            "MinimumThresholdCheck": [
                                                [
                                                    1,
                                                    0
                                                ]
                                            ],
                                            "complementary": [
                                                [
                                                    2,
                                                    0
                                                ]
                                            ]
                                        }
                                    }
                                }
                            ],
                            "outcome": {
                                "patients": {
                                    "F": "ok",
                                    "M": "MinimumThresholdCheck; ",
                                    "X": "complementary; ",
                                    "[1] All": "ok"
                                }
                            },
                            "command": "SELECT \\"sex\\", count(*)",
                            "summary": "review; MinimumThresholdCheck: 1 cells suppressed; complementary: 1 cells suppressed",
                            "timestamp": "2026-11-27T04:20:00.000123",
                            "comments": [],
                            "exception": "\\u00d6l\\u00e7\\u00fcm, \\\\ needed\\n",
                            "fair": {
                                "context": "https://w3id.org/statbarnsdc#",
                                "check_status": {
                                    "MinimumThresholdCheck": "fail",
                                    "complementary": "fail"
                                }
                            }
                        }
                    }
                }""");
    }

    @Test
    void tableHoldsProtectedValuesAndMarkersAlone() {
        assertThat(table(true).csv()).isEqualTo(",patients\nF,120\nM,[c]\nX,[c]\n[1] All,138\n");
        assertThat(table(false).csv())
                .as("a row of too few people is not named")
                .isEqualTo(",patients\nF,120\nX,[c]\n[1] All,138\n");
    }

    @Test
    void positionsFollowTheRowsOfTheFile() {
        Json.Fields sdc =
                table(false).output("a", "sql", "", TIME, Audience.CHECKERS).sdc();
        assertThat(sdc.text()).contains("complementary").doesNotContain("MinimumThresholdCheck");
        assertThat(sdc.text().replaceAll("\\s", "")).contains("\"cells\":{\"complementary\":[[1,0]]}");
    }

    /** Which rule hid a cell is for checkers. */
    @Test
    void everybodyElseSeesHiddenCellsAlone() {
        AcroOutput output = table(true).output("a", "sql", "", TIME, Audience.EVERYBODY);
        assertThat(new AcroResults(List.of(output)).json())
                .doesNotContain("complementary")
                .doesNotContain("MinimumThreshold")
                .contains("\"hidden\": 2");
    }

    @Test
    void tableWithoutFindingsPassesAndOneThatIsGivenAwayFails() {
        EvidenceTable large = EvidenceTable.of(PATIENTS, List.of(row(0, 500, "F"), row(0, 400, "M")));
        Assessment fine = new DisclosureRules().protect(large, TEN);
        AcroOutput pass = new AcroTable(PATIENTS, fine, false, "[c]").output("a", "sql", "", TIME, Audience.CHECKERS);
        assertThat(pass.status()).isEqualTo(AcroStatus.PASS);
        assertThat(pass.summary()).isEqualTo("pass");
        assertThat(pass.exception()).isEmpty();
        List<EvidenceRow> rows = List.of(row(0, 120, "F"), row(0, 3, "M"), row(1, 123));
        EvidenceTable known = new EvidenceTable(
                List.of(PATIENTS.getFirst()),
                rows.stream()
                        .map(r -> new EvidenceRow(
                                r.address(),
                                r.units(),
                                r.populationUnits(),
                                r.evidence().subList(0, 1)))
                        .toList(),
                MarginEquations.of(
                        rows.stream().map(EvidenceRow::address).toList(),
                        List.of(GroupingSet.of(0, 0), GroupingSet.of(1))),
                List.of(),
                List.of(new FixedCell(0, 0, new BigDecimal("120")), new FixedCell(2, 0, new BigDecimal("123"))));
        Assessment exposed = new DisclosureRules().protect(known, TEN);
        assertThat(exposed.proof()).isInstanceOf(Proof.NotProtected.class);
        assertThat(new AcroTable(List.of(PATIENTS.getFirst()), exposed, true, "[c]")
                        .output("a", "sql", "", TIME, Audience.CHECKERS)
                        .status())
                .isEqualTo(AcroStatus.FAIL);
    }

    @Test
    void labelsAreUniqueAndValuesAreQuoted() {
        EvidenceTable odd = EvidenceTable.of(
                PATIENTS, List.of(row(0, 50, "a | b", "c"), row(0, 60, "a", "b | c"), row(0, 70, "d,\"e\"", "f\ng")));
        AcroTable table = new AcroTable(PATIENTS, new DisclosureRules().protect(odd, TEN), true, "[c]");
        assertThat(table.csv()).isEqualTo(",patients\na \\| b | c,50\na | b \\| c,60\n\"d,\"\"e\"\" | f\ng\",70\n");
        assertThat(table.output("a", "sql", "", TIME, Audience.CHECKERS)
                        .outcome()
                        .text())
                .contains("a \\\\| b | c")
                .contains("a | b \\\\| c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", "a b", ".a", "-a"})
    void uidIsPartOfAFileName(String uid) {
        assertThatThrownBy(() -> table(true).output(uid, "sql", "", TIME, Audience.CHECKERS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-11-27", "2026-11-27T04:20:00Z", "2026-11-27 04:20:00", "yesterday"})
    void timestampIsWhatPythonWrites(String time) {
        assertThatThrownBy(() -> table(true).output("a", "sql", "", time, Audience.CHECKERS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void outputsHaveIdsOfTheirOwnAndTheAssessmentItsMeasures() {
        AcroOutput output = table(true).output("a", "sql", "", TIME, Audience.CHECKERS);
        assertThatThrownBy(() -> new AcroResults(List.of(output, output))).isInstanceOf(IllegalArgumentException.class);
        Assessment assessment = table(true).assessment();
        assertThatThrownBy(() -> new AcroTable(PATIENTS.subList(0, 1), assessment, true, "[c]"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void jsonEscapesWhatIsNotPlainText() {
        assertThat(Json.of("\"\\\t\r\n\u0000\u001f\u007fé\u2028😀\ud800").text())
                .isEqualTo("\"\\\"\\\\\\t\\r\\n\\u0000\\u001f\\u007f\\u00e9\\u2028\\ud83d\\ude00\\ud800\"");
        Map<String, Json> fields = new LinkedHashMap<>();
        fields.put("b", new Json.Flag(true));
        fields.put("a", new Json.Amount(new BigDecimal("1E+3")));
        fields.put("none", new Json.Fields(Map.of()));
        fields.put("empty", new Json.Items(List.of()));
        assertThat(new Json.Fields(fields).text()).isEqualTo("""
                {
                    "b": true,
                    "a": 1000,
                    "none": {},
                    "empty": []
                }""");
    }

    /** The example of the library's door. */
    private static AcroTable table(boolean keysArePublished) {
        List<EvidenceRow> rows = List.of(row(0, 120, "F"), row(0, 3, "M"), row(0, 15, "X"), row(1, 138));
        EvidenceTable table = EvidenceTable.of(PATIENTS, rows)
                .withMargins(MarginEquations.of(
                        rows.stream().map(EvidenceRow::address).toList(),
                        List.of(GroupingSet.of(0, 0), GroupingSet.of(1))));
        return new AcroTable(PATIENTS, new DisclosureRules().protect(table, TEN), keysArePublished, "[c]");
    }

    private static EvidenceRow row(int set, long people, String... keys) {
        Evidence evidence = Evidence.ofCount(people, people);
        return new EvidenceRow(new Address(set, List.of(keys)), people, 5000L, List.of(evidence, evidence));
    }
}
