package io.weir.disclosure.evidence;

import java.math.BigDecimal;

/**
 * Who has asked for protection, for the request rule. The text form prints no number.
 *
 * @param largest largest absolute contribution of one who has asked; zero when nobody has
 */
public record Requests(BigDecimal largest) implements Particular {
    public Requests {
        if (largest.signum() < 0) {
            throw new IllegalArgumentException("Contributions are given as absolute values");
        }
    }

    @Override
    public String toString() {
        return "Requests[***]";
    }
}
