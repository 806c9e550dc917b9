package io.weir.disclosure.history;

import io.weir.disclosure.history.SparseCombination.Found;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** So many times the figure is nearly the sum of so many times each of others. */
record Combination(Figure figure, Found found, List<Figure> others) {
    /**
     * The figure as the sum of parts, each once, and of what was found beside them.
     *
     * @param found among {@code published}
     */
    static Combination of(Figure figure, List<Figure> parts, Found found, List<Figure> published) {
        List<Figure> all = new ArrayList<>(parts);
        List<Integer> times = new ArrayList<>(Collections.nCopies(parts.size(), found.parts()));
        found.columns().forEach(g -> all.add(published.get(g)));
        times.addAll(found.coefficients());
        List<Integer> places = IntStream.range(0, all.size()).boxed().toList();
        return new Combination(figure, new Found(found.parts(), places, times, found.left()), all);
    }

    boolean isFree() {
        boolean sameKind = others.stream().allMatch(other -> other.kind().equals(figure.kind()));
        // That few have two rows, or nobody, is not known by structure.
        return found.left() == 0 && sameKind && Structure.isNothing(forms(), times(), true) || isDivision();
    }

    /** Whether it is nothing in number, on any data, however the figures are counted. */
    boolean isNumber() {
        return found.left() == 0 && Structure.isNothingInEachWay(forms(), times());
    }

    private List<Form> forms() {
        List<Form> forms = new ArrayList<>(List.of(figure.form()));
        others.forEach(other -> forms.add(other.form()));
        return forms;
    }

    private List<Integer> times() {
        List<Integer> times = new ArrayList<>(List.of(-found.parts()));
        times.addAll(found.coefficients());
        return times;
    }

    /** Whether it is the rest of a whole whose other half is published, or what two halves add up to. */
    private boolean isDivision() {
        if (found.parts() != 1 || others.size() != 2) {
            return false;
        }
        Figure first = others.get(0);
        Figure second = others.get(1);
        List<Integer> times = found.coefficients();
        return times.equals(List.of(1, 1)) && isDivision(figure, first, second, -1)
                || times.equals(List.of(-1, 1)) && isDivision(figure, first, second, 1)
                || times.equals(List.of(1, -1)) && isDivision(figure, second, first, 1);
    }

    /** What it adds up to; where that is several times the figure, the figure itself, from which it differs by few. */
    Fingerprint known() {
        if (found.parts() != 1) {
            return figure.print();
        }
        Fingerprint sum = Fingerprint.empty();
        for (int t = 0; t < others.size(); t++) {
            sum = sum.plus(others.get(t).print(), found.coefficients().get(t));
        }
        return sum;
    }

    /** Whether {@code figure + sign * second} is {@code third} on any data, and in number, or both halves of a whole. */
    static boolean isFree(Figure figure, Figure second, Figure third, long sign) {
        boolean sameKind = figure.kind().equals(second.kind()) && figure.kind().equals(third.kind());
        return isDivision(figure, second, third, sign)
                || sameKind
                        && figure.print().differsInFewerThan(1, sign, second.print(), third.print())
                        && Structure.isNothing(
                                List.of(figure.form(), second.form(), third.form()), List.of(1, (int) sign, -1), true);
    }

    /** Both halves of a whole: no more than that the whole is one. */
    private static boolean isDivision(Figure figure, Figure second, Figure third, long sign) {
        boolean divides = sign > 0 ? figure.halvesWith(second, third) : second.halvesWith(third, figure);
        boolean alike = figure.kind().equals(second.kind()) && figure.kind().equals(third.kind());
        return divides && alike && figure.print().differsInFewerThan(1, sign, second.print(), third.print());
    }
}
