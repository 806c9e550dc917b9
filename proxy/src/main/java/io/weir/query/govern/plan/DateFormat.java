package io.weir.query.govern.plan;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The patterns of {@code to_char} and {@code to_date} that PostgreSQL and Weir understand alike: whole years, quarters, months, weeks and days,
 * their English names, and the time of the day. Every other letter must stand in quotation marks. Pure.
 *
 * @param pieces in order
 */
public record DateFormat(List<Piece> pieces) {
    public DateFormat {
        pieces = List.copyOf(pieces);
    }

    /** What one piece tells of a date. */
    public enum Part {
        YEAR("YYYY"),
        SHORT_YEAR("YY"),
        QUARTER("Q"),
        MONTH("MM"),
        SHORT_MONTH("MON"),
        LONG_MONTH("MONTH"),
        ISO_YEAR("IYYY"),
        ISO_WEEK("IW"),
        DAY("DD"),
        DAY_OF_YEAR("DDD"),
        DAY_OF_WEEK("D"),
        ISO_DAY_OF_WEEK("ID"),
        SHORT_DAY("DY"),
        LONG_DAY("DAY"),
        HOUR("HH24"),
        MINUTE("MI"),
        SECOND("SS"),
        LITERAL("");

        private final String keyword;

        Part(String keyword) {
            this.keyword = keyword;
        }

        private boolean isName() {
            return this == SHORT_MONTH || this == LONG_MONTH || this == SHORT_DAY || this == LONG_DAY;
        }

        /** Whether days have different ones. */
        public boolean isTime() {
            return this == HOUR || this == MINUTE || this == SECOND;
        }
    }

    /**
     * A piece of a pattern.
     *
     * @param text as it is written: its letters' size is that of names; of a literal the text itself
     * @param filled whether numbers have zeros in front and names blanks behind
     */
    public record Piece(Part part, String text, boolean filled) {}

    /** Words that PostgreSQL reads as more than the pieces of which they seem to be made. */
    private static final Set<String> OTHERS = Set.of("TH", "TZ", "TM", "SP", "FX", "FF", "WW", "AD", "BC", "AM", "PM");

    /** Longest first, as PostgreSQL reads them. */
    private static final List<Part> LONGEST_FIRST = List.of(
            Part.LONG_MONTH,
            Part.YEAR,
            Part.ISO_YEAR,
            Part.HOUR,
            Part.SHORT_MONTH,
            Part.LONG_DAY,
            Part.DAY_OF_YEAR,
            Part.SHORT_YEAR,
            Part.MONTH,
            Part.ISO_WEEK,
            Part.ISO_DAY_OF_WEEK,
            Part.SHORT_DAY,
            Part.DAY,
            Part.MINUTE,
            Part.SECOND,
            Part.QUARTER,
            Part.DAY_OF_WEEK);

    /** Empty when a letter in it is no pattern that is understood here. */
    public static Optional<DateFormat> of(String pattern) {
        List<Piece> pieces = new ArrayList<>();
        int i = 0;
        boolean filled = true;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            if (c == '"') {
                int end = pattern.indexOf('"', i + 1);
                if (end < 0 || pattern.substring(i, end).contains("\\")) {
                    return Optional.empty();
                }
                pieces.add(new Piece(Part.LITERAL, pattern.substring(i + 1, end), true));
                i = end + 1;
            } else if (!Character.isLetter(c)) {
                if (c == '\\' || c > '~') {
                    return Optional.empty();
                }
                pieces.add(new Piece(Part.LITERAL, String.valueOf(c), true));
                i++;
            } else if (pattern.regionMatches(true, i, "FM", 0, 2)) {
                filled = false;
                i += 2;
            } else {
                Optional<Part> part = part(pattern, i);
                if (part.isEmpty()) {
                    return Optional.empty();
                }
                int length = part.get().keyword.length();
                pieces.add(new Piece(part.get(), pattern.substring(i, i + length), filled));
                filled = true;
                i += length;
            }
        }
        return Optional.of(new DateFormat(pieces));
    }

    private static Optional<Part> part(String pattern, int at) {
        String rest = pattern.substring(at).toUpperCase(Locale.ROOT);
        if (OTHERS.stream().anyMatch(rest::startsWith)
                || rest.startsWith("IDDD")
                || rest.startsWith("SSSS")
                || rest.startsWith("YYY") && !rest.startsWith("YYYY")
                || rest.startsWith("Y,")
                || rest.startsWith("IYY") && !rest.startsWith("IYYY")) {
            return Optional.empty();
        }
        return LONGEST_FIRST.stream()
                .filter(p -> rest.startsWith(p.keyword))
                .findFirst()
                .filter(p -> cased(p, pattern, at));
    }

    /** A name is in capitals, begins with one, or is in small letters. */
    private static boolean cased(Part part, String pattern, int at) {
        String written = pattern.substring(at, at + part.keyword.length());
        return !part.isName() || written.equals(like(written, part.keyword));
    }

    /** A name in letters of the size of those of its pattern. */
    private static String like(String pattern, String name) {
        if (pattern.equals(pattern.toUpperCase(Locale.ROOT))) {
            return name.toUpperCase(Locale.ROOT);
        }
        String small = name.toLowerCase(Locale.ROOT);
        return Character.isUpperCase(pattern.charAt(0))
                ? small.substring(0, 1).toUpperCase(Locale.ROOT) + small.substring(1)
                : small;
    }

    /** What a moment looks like. */
    public String print(LocalDateTime moment) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(print(piece, moment)));
        return text.toString();
    }

    private static String print(Piece piece, LocalDateTime at) {
        LocalDate day = at.toLocalDate();
        return switch (piece.part()) {
            case YEAR -> number(piece, day.getYear(), 4);
            case SHORT_YEAR -> number(piece, day.getYear() % 100, 2);
            case QUARTER -> number(piece, day.get(IsoFields.QUARTER_OF_YEAR), 1);
            case MONTH -> number(piece, day.getMonthValue(), 2);
            case SHORT_MONTH -> like(piece.text(), day.getMonth().name().substring(0, 3));
            case LONG_MONTH -> name(piece, day.getMonth().name());
            case ISO_YEAR -> number(piece, day.get(IsoFields.WEEK_BASED_YEAR), 4);
            case ISO_WEEK -> number(piece, day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
            case DAY -> number(piece, day.getDayOfMonth(), 2);
            case DAY_OF_YEAR -> number(piece, day.getDayOfYear(), 3);
            case DAY_OF_WEEK -> number(piece, day.getDayOfWeek().getValue() % 7 + 1, 1);
            case ISO_DAY_OF_WEEK -> number(piece, day.getDayOfWeek().getValue(), 1);
            case SHORT_DAY -> like(piece.text(), day.getDayOfWeek().name().substring(0, 3));
            case LONG_DAY -> name(piece, day.getDayOfWeek().name());
            case HOUR -> number(piece, at.getHour(), 2);
            case MINUTE -> number(piece, at.getMinute(), 2);
            case SECOND -> number(piece, at.getSecond(), 2);
            case LITERAL -> piece.text();
        };
    }

    private static String number(Piece piece, int value, int digits) {
        return piece.filled() ? String.format(Locale.ROOT, "%0" + digits + "d", value) : String.valueOf(value);
    }

    private static String name(Piece piece, String name) {
        return like(piece.text(), piece.filled() ? String.format(Locale.ROOT, "%-9s", name) : name);
    }

    /** The parts, without literals. */
    public Set<Part> parts() {
        Set<Part> parts = new java.util.TreeSet<>();
        pieces.stream().map(Piece::part).filter(p -> p != Part.LITERAL).forEach(parts::add);
        return parts;
    }

    /**
     * Reads a text that follows the pattern; a part that the pattern lacks is the first of its kind. Numbers may lack zeros in front. Empty
     * when the text does not follow it, and when the parts do not make a date.
     */
    public Optional<LocalDateTime> read(String text) {
        int[] found = {1, 1, 1, 0, 0, 0};
        int at = 0;
        for (Piece piece : pieces) {
            int end = piece.part().isName() || piece.part() == Part.LITERAL ? at : digits(text, at, piece.part());
            switch (piece.part()) {
                case YEAR, MONTH, DAY, HOUR, MINUTE, SECOND -> {
                    if (end == at) {
                        return Optional.empty();
                    }
                    found[index(piece.part())] = Integer.parseInt(text.substring(at, end));
                }
                case SHORT_MONTH, LONG_MONTH -> {
                    Month month = month(text, at, piece.part() == Part.SHORT_MONTH);
                    if (month == null) {
                        return Optional.empty();
                    }
                    found[1] = month.getValue();
                    end = at
                            + (piece.part() == Part.SHORT_MONTH
                                    ? 3
                                    : month.name().length());
                }
                case LITERAL -> {
                    if (!text.startsWith(piece.text(), at)) {
                        return Optional.empty();
                    }
                    end = at + piece.text().length();
                }
                default -> {
                    return Optional.empty();
                }
            }
            at = end;
        }
        try {
            return at == text.length()
                    ? Optional.of(LocalDateTime.of(
                            LocalDate.of(found[0], found[1], found[2]), LocalTime.of(found[3], found[4], found[5])))
                    : Optional.empty();
        } catch (java.time.DateTimeException outside) {
            return Optional.empty();
        }
    }

    private static int index(Part part) {
        return switch (part) {
            case YEAR -> 0;
            case MONTH -> 1;
            case DAY -> 2;
            case HOUR -> 3;
            case MINUTE -> 4;
            default -> 5;
        };
    }

    private static int digits(String text, int from, Part part) {
        int most = part == Part.YEAR ? 4 : 2;
        int end = from;
        while (end < text.length() && end - from < most && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static @org.jspecify.annotations.Nullable Month month(String text, int at, boolean shortened) {
        for (Month month : Month.values()) {
            String name = shortened ? month.name().substring(0, 3) : month.name();
            if (text.regionMatches(true, at, name, 0, name.length())) {
                return month;
            }
        }
        return null;
    }

    /** A day of the week as a date of a week that begins on a Sunday. */
    public static LocalDate dayOfWeek(int fromSunday) {
        return LocalDate.of(2000, 1, 2).plusDays(fromSunday % DayOfWeek.values().length);
    }
}
