package io.weir.query.redteam;

import io.weir.query.redteam.SequenceRun.Trial;
import io.weir.query.redteam.Ward.Protection;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** As {@link SequenceIT}, of tables and what some of their groups make. Each wins in every world where it is not held, so that few worlds do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableSequenceIT {
    private static final int WORLDS = 10;
    private static final int CONTROLS = 2;

    private Ward ward;

    @BeforeAll
    void open() throws SQLException, IOException {
        ward = new Ward();
    }

    @AfterAll
    void close() throws SQLException {
        ward.close();
    }

    private static List<Trial> held() {
        List<Trial> trials = new ArrayList<>();
        trials.addAll(SequenceRun.of(SubsetAttacks.groups(), Protection.SHARP));
        trials.addAll(SequenceRun.of(List.of(SubsetAttacks.costs()), Protection.DEMO));
        trials.addAll(SequenceRun.of(SubsetAttacks.years(), Protection.DEMO));
        trials.addAll(SequenceRun.of(SubsetAttacks.manyGroups(), Protection.SHARP));
        trials.addAll(SequenceRun.of(PivotAttacks.costs(), Protection.DEMO));
        trials.addAll(SequenceRun.of(List.of(PivotAttacks.twice()), Protection.SHARP));
        trials.addAll(SequenceRun.of(List.of(PivotAttacks.squares()), Protection.DEMO, Protection.SHARP));
        trials.addAll(SequenceRun.of(MosaicAttacks.costs(), Protection.DEMO));
        trials.addAll(SequenceRun.of(MosaicAttacks.differences().subList(0, 2), Protection.DEMO));
        trials.addAll(SequenceRun.of(TilingAttacks.each(), Protection.DEMO));
        return trials;
    }

    @Tag("S35")
    @Test
    void whatGroupsMakeIsGuessedNoMoreOftenThanByChance() throws SQLException {
        SequenceRun.assertChance(ward, held(), WORLDS, 100);
        ward.assertNearlyAllIsAnswered();
    }

    /** Else the attacker is broken, not the protection good. */
    @Test
    void withoutProtectionEveryAttackWins() throws SQLException {
        SequenceRun.assertAllWin(
                ward, held().stream().map(Trial::attack).distinct().toList(), CONTROLS, 200);
    }
}
