package io.weir.disclosure.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Published figures, and whether a new one would tell what few people contribute: by its difference from a published one, or by adding two
 * and subtracting the third of three. It looks at people and not at wording, so that no rewording passes; and a new figure that differs by
 * nobody at all is near like one that differs by few, so that the answer does not tell which: only a figure that is by structure the same as
 * a published one is free. Not thread-safe.
 *
 * <p>Pairs are found without exception, also where one is a multiple of the other. Threes are found through an index of parts of the fingerprints: without exception where the three
 * differ in fewer parts than the smaller of their people fill, and as far as {@link #MOST_LOOKUPS} goes; beyond it only threes with a
 * total are. Combinations of more are looked for by {@link SparseCombination}, which may miss some; beyond {@link #MOST_SEARCHES} of an answer briefly.
 *
 * <p>Sources: Denning, Denning and Schwartz (1979), The Tracker; Denning and Schlörer (1980), A Fast Procedure for Finding a Tracker in a
 * Statistical Database; Chin and Özsoyoğlu (1982), Auditing and Inference Control, for the vectors of a query's people.
 */
public final class FigureHistory {
    private static final long MOST_LOOKUPS = 100_000_000;

    /** Of people and their records put together, where some are taken several times. */
    private static final int MIXED_TERMS = SparseCombination.FEW_TERMS;

    /** Of one answer; beyond them combinations are looked for briefly. */
    private static final int MOST_SEARCHES = 1_000;

    /** Figures of a table in hand that are looked through for combinations, for one answer; beyond them only two with one from before are. */
    private static final long MOST_TOGETHER = 15_000_000;

    private static final int NO_TABLE = -1;

    /** A difference of more people cannot be told by the buckets. */
    private static final int MOST_PEOPLE = Fingerprint.WIDTH * 3 / 4;

    private final int threshold;
    private final Map<String, Published> byMeasure = new HashMap<>();
    private final List<Published> order = new ArrayList<>();
    private int beforeAnswer;
    private int beforeTable = NO_TABLE;
    private long lookups;
    private int searches;
    private long together;

    /** @param threshold people of whom a difference must consist at least; a larger one than three quarters of the buckets counts as that */
    public FigureHistory(int threshold) {
        this.threshold = Math.min(threshold, MOST_PEOPLE);
    }

    /** What is added from here on may be taken out again, and look-ups are counted anew. */
    public void beginAnswer() {
        beforeAnswer = order.size();
        byMeasure.values().forEach(Published::beginAnswer);
        lookups = 0;
        searches = 0;
        together = 0;
    }

    /** Takes out what was added since the answer began. */
    public void forgetAnswer() {
        byMeasure.values().forEach(published -> published.tables.forgetAnswer());
        while (order.size() > beforeAnswer) {
            order.removeLast().removeLast();
        }
    }

    /**
     * What is added from here on are figures of one table, which are put together with those from before: a part of its groups may add up to one of them. How they are to each other, of one
     * table alone, is its own protection's business.
     */
    public void beginTable() {
        beforeTable = order.size();
        byMeasure.values().forEach(Published::beginTable);
    }

    /** Takes out what was added since the table began. */
    public void forgetTable() {
        while (order.size() > beforeTable) {
            order.removeLast().removeLast();
        }
        beforeTable = NO_TABLE;
        byMeasure.values().forEach(Published::endTable);
    }

    /** Adds a figure that is shown. Whoever contributes nothing to it needs no comparison. */
    public void add(Figure figure) {
        if (!figure.print().isEmpty()) {
            Published published =
                    byMeasure.computeIfAbsent(figure.measure(), m -> new Published(threshold, beforeTable != NO_TABLE));
            if (published.add(figure)) {
                order.add(published);
            }
        }
    }

    /** Adds figures that are shown in one table, of one set of keys: some of its groups may make a figure that is asked later. */
    public void addTogether(List<Figure> figures) {
        figures.forEach(this::add);
        figures.stream()
                .filter(figure -> !figure.print().isEmpty())
                .collect(Collectors.groupingBy(Figure::measure))
                .forEach((measure, shown) ->
                        Objects.requireNonNull(byMeasure.get(measure)).together(shown));
    }

    /** Whether the figure, beside those added, would tell what fewer people than the threshold contribute. */
    public boolean isNear(Figure figure) {
        Published published = byMeasure.get(figure.measure());
        return published != null
                && !published.before().isEmpty()
                && !published.has(figure)
                && published.before().stream().noneMatch(figure::isAgain)
                && (isNearOne(figure, published)
                        || nearTwo(figure, published, false).isPresent()
                        || nearMany(figure, published, false).isPresent()
                        || nearTable(figure, published, false).isPresent()
                        || nearMosaic(figure, published, false).isPresent()
                        || nearPair(figure, published, false).isPresent()
                        || nearTiles(figure, published, false).isPresent()
                        || isNearBeyond(figure, published));
    }

    /**
     * Whether all of these were added before: then nothing that is calculated from them tells anything that they do not tell, whatever it is near
     * to.
     */
    public boolean hasAll(List<Figure> figures) {
        return figures.stream().allMatch(this::has);
    }

    /**
     * What is known of a figure that is not shown itself: a published one that it is or is near to, or the sum or difference of two; empty where
     * it is near to none.
     */
    public Optional<Fingerprint> known(Figure figure) {
        Published published = byMeasure.get(figure.measure());
        if (published == null) {
            return Optional.empty();
        }
        return published.figures.stream()
                .map(Figure::print)
                .filter(print -> print.differsInFewerThan(threshold, figure.print()))
                .min(Comparator.comparingInt(print -> print.differing(figure.print())))
                .or(() -> published.figures.stream().anyMatch(other -> isMultiple(figure, other))
                        ? Optional.of(figure.print())
                        : Optional.empty())
                .or(() -> nearTwo(figure, published, true))
                .or(() -> nearMany(figure, published, true))
                .or(() -> nearTable(figure, published, true))
                .or(() -> nearMosaic(figure, published, true))
                .or(() -> nearPair(figure, published, true))
                .or(() -> nearTiles(figure, published, true));
    }

    /**
     * Which groups of a new table make a figure from before, nearly, though that is no structure. Without exception where they are fewer than the buckets by a margin; of more those are looked at that
     * the figure does not plainly leave out.
     *
     * @param groups of one table, none of whose rows is in two of them, of one measure
     * @return their indexes, none where no figure is made
     */
    public List<Integer> making(List<Figure> groups) {
        Published published =
                groups.isEmpty() ? null : byMeasure.get(groups.getFirst().measure());
        return published == null ? List.of() : new NewTable(this, published, groups, threshold).making();
    }

    /** Which groups of several tables, and single figures, make the figure, but for few people. */
    private Optional<Fingerprint> nearMosaic(Figure figure, Published published, boolean free) {
        return isFew(figure.print())
                ? Optional.empty()
                : published
                        .mosaic
                        .making(figure, figure.print(), published.before().size())
                        .filter(found -> found.columns().size() > 1)
                        .map(found -> Combination.of(figure, List.of(), found, published.figures))
                        .filter(combination -> free || !combination.isFree())
                        .map(Combination::known);
    }

    /** Which groups of a table, and another figure, make it, but for few people. */
    private Optional<Fingerprint> nearPair(Figure figure, Published published, boolean free) {
        return isSingle(figure, published)
                ? published
                        .pairs
                        .ofNewFigure(figure, published.before().size(), combination -> free || !combination.isFree())
                        .map(Combination::known)
                : Optional.empty();
    }

    /** Which figures have its rows together, or with those of its complement. */
    private Optional<Fingerprint> nearTiles(Figure figure, Published published, boolean free) {
        return isSingle(figure, published)
                ? published
                        .tiling
                        .ofNewFigure(figure, published.before().size(), combination -> free || !combination.isFree())
                        .map(Combination::known)
                : Optional.empty();
    }

    /** Whether it is looked at by itself: groups of a table in hand are looked at as groups. */
    private boolean isSingle(Figure figure, Published published) {
        return !isFew(figure.print()) && published.ofTable() < ShownTables.FEWEST;
    }

    /** Whether it is of fewer people than the threshold, as far as the buckets tell. */
    public boolean isFew(Fingerprint print) {
        return print.isOfFewerThan(threshold);
    }

    /** Whether as many more may be looked up for this answer. */
    boolean mayLookUp(int more) {
        lookups += more;
        return lookups <= MOST_LOOKUPS;
    }

    private boolean has(Figure figure) {
        Published published = byMeasure.get(figure.measure());
        return figure.print().isEmpty() || published != null && published.has(figure);
    }

    private boolean isNearOne(Figure figure, Published published) {
        for (Figure other : published.before()) {
            if (other.print().differsInFewerThan(threshold, figure.print())
                    && !isAnotherAmount(figure, other)
                    && !figure.repeats(other)
                    && !isSame(figure, other)) {
                return true;
            }
            if (isMultiple(figure, other)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether one is the other so many times for all but few: people with two records each, beside their records; an amount that is added up five times. What two amounts of the same rows are
     * to each other is what their quotient shows.
     */
    private boolean isMultiple(Figure figure, Figure other) {
        return !figure.isOfSameRows(other)
                && figure.print().isNearMultiple(threshold, other.print())
                && !figure.repeats(other)
                && !isSame(figure, other);
    }

    /** Whether what it differs in from other numbers of the same rows is near a combination of others: three are looked at as they are. */
    private boolean isNearBeyond(Figure figure, Published published) {
        for (Figure other : published.figures) {
            if (!figure.countsDifferently(other)) {
                continue;
            }
            Figure rest = figure.beyond(other);
            Vector vector = Vector.of(rest.print()).orElse(null);
            if (!isFew(rest.print()) && vector != null) {
                List<Integer> others = new ArrayList<>();
                for (int g = 0; g < published.figures.size(); g++) {
                    if (published.columns.get(g) != null
                            && !published.figures.get(g).selection().equals(figure.selection())) {
                        others.add(g);
                    }
                }
                if (combination(rest, vector, others, published, true)
                        .filter(combination -> !combination.isNumber())
                        .isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Two amounts of the same rows, which differ for all who have any: what they differ in is of as many people. Where they are the same for most, that they are tells of the others.
     */
    private static boolean isAnotherAmount(Figure figure, Figure other) {
        int people = figure.print().differing(Fingerprint.empty());
        return figure.isOfSameRows(other)
                && !figure.selection().equals(other.selection())
                && figure.print().differing(other.print()) >= people;
    }

    /** Whether they are by structure the same rows, counted in one way, and the same number. */
    private static boolean isSame(Figure figure, Figure other) {
        // That nobody has two rows, or few, is not known by structure.
        if (!figure.kind().equals(other.kind()) || !figure.print().equals(other.print())) {
            return false;
        }
        List<Form> forms = List.of(figure.form(), other.form());
        List<Integer> times = List.of(1, -1);
        // The same rows are counted alike; what is added up from several is the same only in what is counted.
        boolean single = forms.stream().allMatch(form -> form.terms().size() == 1);
        return single ? Structure.hasNoRows(forms, times, true) : Structure.isNothing(forms, times, true);
    }

    /**
     * Which sum or difference of two published ones is near.
     *
     * @param free whether it counts what is free, too
     */
    private Optional<Fingerprint> nearTwo(Figure figure, Published published, boolean free) {
        // One of the two was there before the table in hand.
        List<Figure> figures = published.before();
        long[] own = published.parts(figure.print());
        for (int g = 0; g < figures.size(); g++) {
            if (lookups > MOST_LOOKUPS
                    && !figures.get(g).selection().conditions().isEmpty()) {
                continue;
            }
            if (figure.isSameNumber(figures.get(g))) {
                continue; // nothing new with any third
            }
            Fingerprint second = figures.get(g).print();
            Figure third = third(figure, own, g, 1, published, free);
            if (third != null) {
                return Optional.of(third.print().minus(second));
            }
            third = third(figure, own, g, -1, published, free);
            if (third != null) {
                return Optional.of(third.print().plus(second));
            }
            third = other(figure, own, g, published, free);
            if (third != null) {
                return Optional.of(second.minus(third.print()));
            }
        }
        return Optional.empty();
    }

    /** One of the table in hand that makes one from before it together with the figure, nearly: of two from before either is the other's third. */
    private @Nullable Figure other(Figure figure, long[] own, int g, Published published, boolean free) {
        if (!published.hasTable()) {
            return null;
        }
        Figure both = published.figures.get(g);
        return lookedUp(
                published,
                part -> published.index.part(g, part) - own[part],
                published.before().size(),
                h -> {
                    Figure second = published.figures.get(h);
                    return figure.print().differsInFewerThan(threshold, 1, second.print(), both.print())
                            && !second.print().equals(both.print())
                            && !(figure.isOfSameRows(second) && figure.isOfSameRows(both))
                            && (free || !Combination.isFree(figure, second, both, 1));
                });
    }

    /**
     * A third that is near {@code figure + sign * second}. Two that are one number leave the figure as it is, which is judged by its own people: where some of them share a bucket, it
     * would be near nothing for whom they are.
     */
    private @Nullable Figure third(Figure figure, long[] own, int g, long sign, Published published, boolean free) {
        Figure second = published.figures.get(g);
        return lookedUp(published, part -> own[part] + sign * published.index.part(g, part), 0, h -> {
            Figure third = published.figures.get(h);
            return h != g
                    && figure.print().differsInFewerThan(threshold, sign, second.print(), third.print())
                    && !(sign > 0 && second.print().equals(third.print()))
                    && !figure.isSameNumber(third)
                    && !(figure.isOfSameRows(second) && figure.isOfSameRows(third))
                    && (free || !Combination.isFree(figure, second, third, sign));
        });
    }

    /**
     * The figure that was added last and is the one, of those that have a part which is sought.
     *
     * @param sought the number of each part
     * @param from of those that were added before this one none is
     */
    private @Nullable Figure lookedUp(Published published, IntToLongFunction sought, int from, IntPredicate isIt) {
        PartIndex index = published.index;
        Probes probes = published.probes;
        int chosen = probes.choose(sought);
        lookups += chosen;
        for (int c = 0; c < chosen; c++) {
            int part = probes.part(c);
            // Those that were added last come first.
            for (int h = index.first(part, probes.sought(part)); h >= from; h = index.following(part, h)) {
                if (isIt.test(h)) {
                    return published.figures.get(h);
                }
            }
        }
        return null;
    }

    /**
     * Which combination of several published ones is near. Free is what is one by structure, and in number, where all are counted in one way. The figures that are counted in the same way are looked through first: what is calculated from them tells nothing more.
     *
     * @param free whether it counts what is free, too
     */
    private Optional<Fingerprint> nearMany(Figure figure, Published published, boolean free) {
        Vector sought = Vector.of(figure.print()).orElse(null);
        if (sought == null) {
            return Optional.empty();
        }
        boolean small = isFew(figure.print()); // all that is of its people alone is near it
        List<Integer> alike = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        int looked = together > MOST_TOGETHER ? published.before().size() : published.figures.size();
        together += looked - published.before().size();
        for (int g = 0; g < looked; g++) {
            Figure other = published.figures.get(g);
            if (published.columns.get(g) != null && !figure.repeats(other) && !(small && figure.isOfSameRows(other))) {
                all.add(g);
                if (figure.kind().equals(other.kind())) {
                    alike.add(g);
                }
            }
        }
        Optional<Combination> found = combination(figure, sought, alike, published, false);
        if (found.isEmpty() && all.size() > alike.size()) {
            // That somebody has two rows or three is no multiple.
            found = combination(figure, sought, all, published, true);
            if (found.isEmpty()) {
                // But those of two and those of three are: a half of the ones and a third of the others, beside those
                // of one.
                found = combination(figure, sought, all, published, false, MIXED_TERMS);
            }
        }
        return found.filter(combination -> free || !combination.isFree()).map(Combination::known);
    }

    /**
     * Which groups of a table that was shown make the figure, but for few people: as many groups as there are.
     *
     * @param free whether it counts what is free, too
     */
    private Optional<Fingerprint> nearTable(Figure figure, Published published, boolean free) {
        if (isFew(figure.print())) {
            return Optional.empty();
        }
        return published
                .tables
                .making(figure, found -> {
                    Combination combination = new Combination(
                            figure,
                            found,
                            found.columns().stream().map(published.figures::get).toList());
                    return found.columns().size() > 1 && (free || !combination.isFree())
                            ? Optional.of(combination)
                            : Optional.empty();
                })
                .map(Combination::known);
    }

    private Optional<Combination> combination(
            Figure figure, Vector sought, List<Integer> field, Published published, boolean single) {
        int terms = ++searches > MOST_SEARCHES ? SparseCombination.FEW_TERMS : SparseCombination.MOST_TERMS;
        return combination(figure, sought, field, published, single, terms);
    }

    private Optional<Combination> combination(
            Figure figure, Vector sought, List<Integer> field, Published published, boolean single, int terms) {
        return new SparseCombination(
                        sought,
                        field.stream()
                                .map(published.columns::get)
                                .map(Objects::requireNonNull)
                                .toList(),
                        threshold,
                        single,
                        terms)
                .find()
                .filter(found -> !found.columns().stream().map(field::get).allMatch(published::isOfTable))
                .map(found -> new Combination(
                        figure,
                        found,
                        found.columns().stream()
                                .map(c -> published.figures.get(field.get(c)))
                                .toList()));
    }
}
