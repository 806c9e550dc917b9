package io.weir.query.redteam;

import io.weir.query.redteam.Ward.Desk;
import java.util.SplittableRandom;

/** The pair, of which each of two analysts asks one half: projects of their own, one data set. */
record CollusionAttack(String name, Secret secret, String with, String without) implements Attack {
    @Override
    public boolean guess(Desk desk, SplittableRandom random) {
        Double all = desk.ask(with).number(0);
        Double others = desk.colleague().ask(without).number(0);
        return all == null || others == null || all > others;
    }
}
