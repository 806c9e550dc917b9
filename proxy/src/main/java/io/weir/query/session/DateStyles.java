package io.weir.query.session;

import io.weir.query.wire.type.TextStyle.Dates;
import io.weir.query.wire.type.TextStyle.DayOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values of DateStyle: a form and an order, each of which may be left as it is (datetime.c, check_datestyle). */
final class DateStyles {
    static final String INITIAL = "ISO, MDY";

    private static final String HINT = "Permitted: ISO, SQL, Postgres or German, with MDY, DMY or YMD.";

    private DateStyles() {}

    /** @param current a canonical value */
    static String canonical(String value, String current) {
        Dates form = null;
        DayOrder order = null;
        for (String item : value.split(",", -1)) {
            String word = item.strip().toUpperCase(Locale.ROOT);
            Dates namedForm = form(word);
            DayOrder namedOrder = namedOrder(word);
            if (word.equals("DEFAULT")) {
                namedForm = form == null ? dates(INITIAL) : form;
                namedOrder = order == null ? order(INITIAL) : order;
            }
            if (namedForm == null && namedOrder == null) {
                throw new SettingValues.NotPermittedException(HINT);
            }
            form = one(form, namedForm);
            order = one(order, namedOrder);
        }
        Dates chosen = form == null ? dates(current) : form;
        DayOrder kept = form == Dates.GERMAN ? DayOrder.DMY : order(current);
        return name(chosen) + ", " + (order == null ? kept : order);
    }

    static Dates dates(String canonical) {
        return Dates.valueOf(canonical.substring(0, canonical.indexOf(',')).toUpperCase(Locale.ROOT));
    }

    static DayOrder order(String canonical) {
        return DayOrder.valueOf(canonical.substring(canonical.indexOf(' ') + 1));
    }

    private static <T> @Nullable T one(@Nullable T before, @Nullable T now) {
        if (before != null && now != null && !before.equals(now)) {
            throw new SettingValues.NotPermittedException(HINT);
        }
        return now == null ? before : now;
    }

    private static @Nullable Dates form(String word) {
        return switch (word) {
            case "ISO" -> Dates.ISO;
            case "SQL" -> Dates.SQL;
            case "GERMAN" -> Dates.GERMAN;
            default -> word.startsWith("POSTGRES") ? Dates.POSTGRES : null;
        };
    }

    private static @Nullable DayOrder namedOrder(String word) {
        if (word.equals("YMD")) {
            return DayOrder.YMD;
        }
        if (word.equals("DMY") || word.startsWith("EURO")) {
            return DayOrder.DMY;
        }
        return word.equals("MDY") || word.equals("US") || word.startsWith("NONEURO") ? DayOrder.MDY : null;
    }

    private static String name(Dates form) {
        return switch (form) {
            case ISO -> "ISO";
            case SQL -> "SQL";
            case POSTGRES -> "Postgres";
            case GERMAN -> "German";
        };
    }
}
