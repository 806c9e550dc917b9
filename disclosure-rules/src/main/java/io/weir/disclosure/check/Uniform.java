package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import java.math.BigDecimal;

/** When so many of a group have one value that it is known of each of them. */
final class Uniform {
    private Uniform() {}

    static boolean tells(long having, long all, RiskAppetite appetite) {
        BigDecimal share = appetite.further().groupShare();
        return (appetite.zeros() == ZeroRule.HIDDEN && having == all)
                || (share != null && ClassDisclosure.reaches(having, all, share));
    }
}
