package io.weir.query.govern.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The patterns of {@code to_char} for numbers that PostgreSQL and Weir understand alike: 9 and 0 for digits, the point, the comma, FM in front,
 * and signs such as % that stand for themselves. Pure.
 *
 * @param items 9, 0, point, comma, and characters that are copied
 * @param filled whether there are blanks for what is not there: FM takes them away
 */
public record NumberFormat(List<Character> items, boolean filled) {
    private static final String COPIED = " %$-+/()*#:;=";
    private static final int MOST_DIGITS = 60;

    public NumberFormat {
        items = List.copyOf(items);
    }

    /** Empty when a character in it is not understood here. */
    public static Optional<NumberFormat> of(String pattern) {
        boolean shortened = pattern.regionMatches(true, 0, "FM", 0, 2);
        List<Character> items = new ArrayList<>();
        int points = 0;
        int digits = 0;
        for (int i = shortened ? 2 : 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            char item = switch (c) {
                case 'D', 'd' -> '.';
                case 'G', 'g' -> ',';
                default -> c;
            };
            if (item == '.') {
                points++;
            } else if (item == '9' || item == '0') {
                digits++;
            } else if (item != ',' && COPIED.indexOf(item) < 0) {
                return Optional.empty();
            }
            items.add(item);
        }
        int last = Math.max(items.lastIndexOf('9'), items.lastIndexOf('0'));
        return points <= 1 && digits > 0 && digits <= MOST_DIGITS && items.indexOf('.') < last
                ? Optional.of(new NumberFormat(items, !shortened))
                : Optional.empty();
    }

    /** What a number looks like; # where it has no room. */
    public String print(BigDecimal value) {
        int point = items.indexOf('.');
        int whole = digits(0, point < 0 ? items.size() : point);
        int decimals = point < 0 ? 0 : digits(point, items.size());
        BigDecimal rounded = value.setScale(decimals, RoundingMode.HALF_UP);
        boolean negative = rounded.signum() < 0;
        String number = rounded.abs().toPlainString();
        int wholeDigits = decimals == 0 ? number.length() : number.indexOf('.');
        if (wholeDigits > whole) {
            number = "#".repeat(whole) + (decimals == 0 ? "" : "." + "#".repeat(decimals));
            wholeDigits = whole;
        }
        return new Printer(number, negative, whole - wholeDigits, decimals > 0).print();
    }

    private int digits(int from, int to) {
        return (int) items.subList(from, to).stream()
                .filter(c -> c == '9' || c == '0')
                .count();
    }

    /** One number on its way through the items. */
    private final class Printer {
        private final String number;
        private final int blanks;
        private final boolean decimals;
        private final boolean negative;
        private final int firstZero;
        private final int relevant;
        private final StringBuilder out = new StringBuilder();
        private boolean signed;
        private int next;
        private int place;

        /** @param blanks how many places of the pattern stand before the number's first digit */
        Printer(String number, boolean negative, int blanks, boolean decimals) {
            this.number = number;
            this.negative = negative;
            this.blanks = blanks;
            this.decimals = decimals;
            this.firstZero = firstZero();
            this.relevant = relevant();
        }

        /** Place of the first 0 before the point, counted as digits are; -1 without one. */
        private int firstZero() {
            int at = 0;
            for (char c : items) {
                if (c == '.') {
                    return -1;
                }
                if (c == '0') {
                    return at;
                }
                at += c == '9' ? 1 : 0;
            }
            return -1;
        }

        /** With FM: place in the number of the last decimal that is shown, or of the point; -1 where all are. */
        private int relevant() {
            int point = number.indexOf('.');
            if (filled || point < 0) {
                return -1;
            }
            int last = point;
            for (int i = point + 1; i < number.length(); i++) {
                last = number.charAt(i) == '0' ? last : i;
            }
            int zeros = 0;
            int digits = 0;
            for (char c : items) {
                digits += c == '9' || c == '0' ? 1 : 0;
                zeros = c == '0' ? digits : zeros;
            }
            return zeros > blanks ? Math.max(last, Math.min(number.length() - 1, zeros - blanks)) : last;
        }

        /** A nought before the point for which there is a 9 is left away. */
        private boolean isNought() {
            return firstZero < 0 && next == 0 && number.startsWith("0") && decimals;
        }

        private boolean endsInPoint() {
            return relevant >= 0 && number.charAt(relevant) == '.';
        }

        String print() {
            boolean inNumber = false;
            for (char item : items) {
                if (item == ',') {
                    out.append(inNumber ? "," : filled ? " " : "");
                } else if (item == '9' || item == '0' || item == '.') {
                    inNumber = digit(item);
                } else {
                    out.append(item);
                }
            }
            return out.toString();
        }

        /** @return whether the number has begun */
        private boolean digit(char item) {
            boolean zeros = firstZero >= 0 && firstZero <= place;
            if (!signed && (place >= blanks || firstZero == place) && (!isNought() || endsInPoint())) {
                out.append(negative ? "-" : filled ? " " : "");
                signed = true;
            }
            boolean begun = false;
            if (place < blanks) {
                out.append(zeros ? "0" : filled ? " " : "");
                begun = zeros;
            } else {
                begun = numeral(item);
                next++;
            }
            place++;
            return begun;
        }

        private boolean numeral(char item) {
            if (next >= number.length()) {
                return false;
            }
            char c = number.charAt(next);
            if (c == '.') {
                out.append('.');
                return false;
            }
            if (relevant >= 0 && next > relevant && item != '0') {
                return false;
            }
            if (isNought()) {
                out.append(filled ? " " : endsInPoint() ? "0" : "");
                return false;
            }
            out.append(c);
            return true;
        }
    }
}
