package io.weir.pseudonym;

/**
 * The NHS number: nine digits and a check digit by modulus 11 with weights 10 to 2 (NHS Data Dictionary, "NHS NUMBER"). A body whose
 * check would be 10 is never issued; numbers that begin 999 are reserved for tests.
 */
public final class NhsNumber {
    private NhsNumber() {}

    /**
     * The check of a nine-digit body: 0 to 9, or 10 when no number with this body exists.
     *
     * @param body 0 to 999,999,999
     */
    public static int check(long body) {
        int sum = 0;
        long rest = body;
        for (int weight = 2; weight <= 10; weight++) {
            sum += (int) (rest % 10) * weight;
            rest /= 10;
        }
        int check = 11 - sum % 11;
        return check == 11 ? 0 : check;
    }

    /** Whether this is ten ASCII digits, without separators, whose last is the right check digit. */
    public static boolean isValid(CharSequence text) {
        long body = bodyOf(text);
        return body >= 0 && check(body) == text.charAt(9) - '0';
    }

    /** The first nine digits of ten ASCII digits, or -1 when the text is anything else. */
    static long bodyOf(CharSequence text) {
        if (text.length() != 10) {
            return -1;
        }
        long body = 0;
        for (int i = 0; i < 10; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            if (i < 9) {
                body = body * 10 + (c - '0');
            }
        }
        return body;
    }
}
