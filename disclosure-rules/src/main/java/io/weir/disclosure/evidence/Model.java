package io.weir.disclosure.evidence;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a fitted model, a moment or a test statistic rests on. The text form prints no number.
 *
 * @param units distinct subjects with all variables of the model
 * @param parameters estimated parameters and other restrictions: 1 for a variance, 2 for a line, one for each group of an analysis of variance
 * @param leverage largest leverage of one subject: the diagonal of the hat matrix, from 0 to 1 a record, added up over the subject's records;
 *     null when unknown
 */
public record Model(long units, long parameters, @Nullable BigDecimal leverage) implements StatisticEvidence {
    public Model {
        if (units < 0 || parameters < 0 || (leverage != null && leverage.signum() < 0)) {
            throw new IllegalArgumentException("Subjects, parameters and leverage are not negative");
        }
    }

    /** Residual degrees of freedom; negative when there are more parameters than subjects. */
    public long degreesOfFreedom() {
        return units - parameters;
    }

    @Override
    public String toString() {
        return "Model[***]";
    }
}
