package io.weir.sdc.show;

import io.weir.sdc.describe.Dimension;
import io.weir.text.Printable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small texts that several reports share. */
final class Words {
    private Words() {}

    /** Codes by column. */
    static Map<String, String> codes(List<Dimension> dimensions, List<List<String>> place) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (int d = 0; d < dimensions.size(); d++) {
            List<String> columns = dimensions.get(d).columns();
            List<String> fields = dimensions.get(d).fields(place.get(d));
            for (int c = 0; c < columns.size(); c++) {
                codes.put(columns.get(c), fields.get(c));
            }
        }
        return codes;
    }

    static String place(List<Dimension> dimensions, List<List<String>> place) {
        List<String> words = new ArrayList<>();
        codes(dimensions, place).forEach((column, code) -> words.add(column + "=" + label(code)));
        return Printable.line(String.join(", ", words));
    }

    /** A code for people, who could not see an empty one. */
    static String label(String code) {
        return code.isEmpty() ? "(empty)" : Printable.line(code);
    }

    static String number(@Nullable BigDecimal value) {
        return value == null ? "" : plain(value);
    }

    static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.toPlainString();
    }

    static String interval(@Nullable BigDecimal lower, @Nullable BigDecimal upper) {
        if (lower == null && upper == null) {
            return "anything";
        }
        if (lower != null && upper != null && lower.compareTo(upper) == 0) {
            return "exactly " + plain(lower);
        }
        if (upper == null) {
            return String.valueOf(lower == null ? "" : plain(lower)) + " or more";
        }
        return lower == null ? plain(upper) + " or less" : plain(lower) + " to " + plain(upper);
    }

    /** One of something, or several. */
    static String count(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    static void notes(StringBuilder out, List<String> notes) {
        for (String note : notes) {
            out.append("Note: ").append(Printable.line(note)).append(System.lineSeparator());
        }
    }
}
