package io.weir.query.redteam;

import io.weir.query.redteam.Ward.Desk;
import java.util.SplittableRandom;

/** An analyst's programme: asks a sequence, keeps what was answered, and then says which way the coin fell. */
interface Attack {
    /** Practice, ethnic category and year of birth: in the ward nobody else fits. */
    String TARGET_IS = "(p.practice_code = 'Z99053' and p.ethnicity = 'C' and p.date_of_birth >= date '1971-01-01'"
            + " and p.date_of_birth < date '1972-01-01')";

    String STAYS = " from hospital.admissions a join hospital.patients p on p.patient_id = a.patient_id ";

    String name();

    Secret secret();

    /** @param random for a guess by chance, when nothing was learned */
    boolean guess(Desk desk, SplittableRandom random);
}
