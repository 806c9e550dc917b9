package io.weir.disclosure.protection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The pattern while it is sought: what is hidden, what may be, and which parts were given up and hidden as a whole. Whatever method looks for a
 * pattern, it hides by these rules.
 */
final class Hiding {
    private final Setting setting;
    private final boolean zerosShown;
    private final BitSet hidden;
    private final BitSet surrendered = new BitSet();
    private final BitSet given = new BitSet();
    private final BitSet spared = new BitSet();
    private final List<String> conservative = new ArrayList<>();
    private final List<String> exposed = new ArrayList<>();

    Hiding(Setting setting, boolean zerosShown) {
        this.setting = setting;
        this.zerosShown = zerosShown;
        hidden = (BitSet) setting.primary().clone();
    }

    /** The hidden cells, as they change. */
    BitSet hidden() {
        return hidden;
    }

    /** Cells of parts that were hidden as a whole, and are not looked at again. */
    BitSet given() {
        return given;
    }

    /** Cells of parts that were hidden as a whole. */
    BitSet surrendered() {
        return surrendered;
    }

    /** Cells that are not to be hidden for others, as they change. */
    BitSet spared() {
        return spared;
    }

    boolean mayHide(int cell) {
        return !hidden.get(cell) && !spared.get(cell) && !setting.fixed().get(cell) && !(zerosShown && size(cell) == 0);
    }

    double size(int cell) {
        return Math.abs(setting.system().truth(cell));
    }

    /** The cell that gives another one room at the least loss, if any may be hidden. */
    Optional<Integer> candidate(List<Link> links, int forCell) {
        double room = setting.requirements().whenPrimary(forCell).stream()
                .mapToDouble(requirement -> Double.isFinite(requirement.width())
                        ? requirement.width()
                        : requirement.to() - requirement.from())
                .max()
                .orElse(0);
        return links.stream()
                .flatMap(link -> Arrays.stream(link.cells()).boxed())
                .distinct()
                .filter(this::mayHide)
                .min(Comparator.comparing((Integer cell) -> size(cell) < room)
                        .thenComparingLong(this::newlyOpened)
                        .thenComparingDouble(cell -> size(cell) < room ? -size(cell) : size(cell))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Equations that have no hidden cell yet and would get their first, which alone would give it away. */
    private long newlyOpened(int cell) {
        return setting.components().linksOf(cell).stream()
                .filter(Link::equation)
                .filter(link -> Arrays.stream(link.cells()).noneMatch(hidden::get))
                .count();
    }

    void surrenderUnauditable() {
        for (Link link : setting.system().broken()) {
            int start = link.cells()[0];
            BitSet part = whole(start);
            if (!surrendered.get(start) && part.intersects(hidden)) {
                surrender(start, "has unknown or contradictory numbers");
                if (part.intersects(setting.fixed())) {
                    surrender(start, "has unknown or contradictory numbers");
                }
            }
        }
    }

    /** Hides a whole linked part. What was published earlier stays known; if anything of that kind is left, the audit decides. */
    void surrender(int start, String because) {
        BitSet part = whole(start);
        boolean again = surrendered.intersects(part);
        boolean publishedInside = part.intersects(setting.fixed());
        part.stream().filter(this::mayHide).forEach(hidden::set);
        surrendered.or(part);
        String where = setting.system().measure(start).name();
        if (!publishedInside) {
            given.or(part);
            conservative.add("A linked part of " + where + " was hidden as a whole because it " + because + ".");
        } else if (again) {
            given.or(part);
            exposed.add("Hidden cells of " + where + " can be worked out from what was published earlier.");
        }
    }

    private BitSet whole(int start) {
        BitSet everything = new BitSet();
        everything.set(0, setting.system().size());
        return setting.everything().around(start, everything, cell -> true).hidden();
    }

    Proof proof() {
        if (!exposed.isEmpty()) {
            return new Proof.NotProtected(exposed);
        }
        return conservative.isEmpty() ? new Proof.Audited() : new Proof.Conservative(conservative);
    }
}
