package io.weir.sdc.show;

import io.weir.disclosure.acro.AcroOutput;
import io.weir.disclosure.acro.AcroTable;
import io.weir.disclosure.acro.Audience;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.table.Address;
import io.weir.sdc.apply.PrintedMarker;
import io.weir.sdc.apply.Protector;
import io.weir.sdc.apply.Rules;
import io.weir.sdc.describe.Description;
import io.weir.sdc.read.SpreadsheetText;
import io.weir.sdc.read.StatedTable;
import io.weir.text.Printable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that may leave: the protected table in the columns of its description, and as an output of ACRO. Rows of few units are left out where not
 * everybody knows that they exist. Texts are safe to open in a spreadsheet.
 *
 * @param table what was protected
 * @param rules it was protected by
 * @param result of the protection; not one that is not protected
 */
public record PublishedCsv(StatedTable table, Rules rules, Protector.Result result) {
    private String marker() {
        return PrintedMarker.of(rules);
    }

    private Assessment assessment() {
        return result.assessment();
    }

    /** RFC 4180, with the separator of the description. */
    public String text() {
        Description description = table.description();
        StringBuilder out = new StringBuilder();
        String marker = marker();
        List<String> names = new ArrayList<>(description.keyColumns());
        table.evidence().measures().forEach(measure -> names.add(measure.name()));
        line(out, names.stream().map(SpreadsheetText::guarded).toList());
        for (int row = 0; row < assessment().rows().size(); row++) {
            if (result.leftOut().contains(row)) {
                continue;
            }
            List<String> fields = new ArrayList<>();
            Words.codes(description.dimensions(), table.places().get(row))
                    .values()
                    .forEach(code -> fields.add(SpreadsheetText.guarded(printable(code))));
            assessment().rows().get(row).cells().forEach(cell -> fields.add(text(cell, marker)));
            line(out, fields);
        }
        return out.toString();
    }

    private static String text(Protected cell, String marker) {
        return switch (cell) {
            case Protected.Hidden hidden -> marker;
            case Protected.Shown shown -> {
                BigDecimal value = shown.value();
                yield value == null ? "" : Words.plain(value);
            }
        };
    }

    private static String printable(String code) {
        return code.codePoints().anyMatch(Character::isISOControl) ? Printable.line(code) : code;
    }

    private void line(StringBuilder out, List<String> fields) {
        char separator = table.description().separator();
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            boolean plain = field.chars().noneMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r');
            out.append(i == 0 ? "" : String.valueOf(separator))
                    .append(plain ? field : '"' + field.replace("\"", "\"\"") + '"');
        }
        out.append("\r\n");
    }

    /**
     * The same as ACRO has it.
     *
     * @param timestamp see {@link AcroOutput}
     */
    public AcroOutput acro(String uid, String command, String timestamp) {
        return acroTable().output(uid, "table", command, timestamp, Audience.CHECKERS);
    }

    /** The file that belongs to {@link #acro}. */
    public String acroCsv() {
        return acroTable().csv();
    }

    private AcroTable acroTable() {
        List<Assessment.Row> rows = new ArrayList<>();
        for (int row = 0; row < assessment().rows().size(); row++) {
            Assessment.Row own = assessment().rows().get(row);
            boolean leftOut = result.leftOut().contains(row);
            rows.add(new Assessment.Row(guarded(own.address()), leftOut, own.cells()));
        }
        return new AcroTable(
                table.evidence().measures(),
                new Assessment(rows, assessment().intervals(), assessment().proof()),
                table.description().keysArePublic(),
                marker());
    }

    private static Address guarded(Address address) {
        return new Address(
                address.groupingSet(),
                address.keys().stream()
                        .map(key -> SpreadsheetText.guarded(printable(key)))
                        .toList());
    }
}
