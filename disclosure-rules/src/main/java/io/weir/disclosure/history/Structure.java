package io.weir.disclosure.history;

import io.weir.disclosure.history.Asked.Cut;
import io.weir.disclosure.history.Asked.Domain;
import io.weir.disclosure.history.Asked.Piece;
import io.weir.disclosure.history.Asked.Range;
import io.weir.disclosure.history.Asked.Value;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Whether some forms add up to nothing on any data. Each condition is an indicator, a selection the product of its conditions' and of its frame's, a form a sum of those:
 * the sum is nothing on any data if it is the zero polynomial. Only ever true when that is certain.
 *
 * <p>It is calculated twice: as it is, and once more without the conditions that a value is there, for data in which it always is. Whoever uses the latter must look whether
 * it is so.
 */
final class Structure {
    private static final Comparator<Piece> BY_BEGIN = Comparator.comparing(
            piece -> piece instanceof Range range ? range.from() : null,
            Comparator.nullsFirst(Comparator.naturalOrder()));

    private final boolean withPresence;
    private final Map<String, Optional<Domain>> domains;

    private Structure(boolean withPresence, Map<String, Optional<Domain>> domains) {
        this.withPresence = withPresence;
        this.domains = domains;
    }

    /**
     * Whether so many times the rows of each of these forms are none.
     *
     * @param allThere whether it is only asked of data in which all values are there that are asked to be there
     */
    static boolean hasNoRows(List<Form> forms, List<Integer> times, boolean allThere) {
        return isNothing(forms, times, Form.Term::rows, allThere);
    }

    /** Whether what has its part in each row is nothing, and what several rows can have together is for itself. */
    static boolean isNothingInEachWay(List<Form> forms, List<Integer> times) {
        return List.of(true, false).stream().allMatch(additive -> {
            List<Form> some = forms.stream()
                    .map(form -> new Form(form.terms().stream()
                            .filter(term -> term.additive() == additive)
                            .toList()))
                    .toList();
            return isNothing(some, times, Form.Term::counted, true);
        });
    }

    /** The same of what is counted. */
    static boolean isNothing(List<Form> forms, List<Integer> times, boolean allThere) {
        return isNothing(forms, times, Form.Term::counted, allThere);
    }

    /** Of data in which all is there it is also true what is true of any: it is not always seen there, since the calculation is another. */
    private static boolean isNothing(
            List<Form> forms, List<Integer> times, Function<Form.Term, Selection> selection, boolean allThere) {
        Map<String, Map<Selection, Integer>> byFrame = new HashMap<>();
        try {
            for (int f = 0; f < forms.size(); f++) {
                for (Form.Term term : forms.get(f).terms()) {
                    Selection of = selection.apply(term);
                    byFrame.computeIfAbsent(of.frame(), frame -> new HashMap<>())
                            .merge(of, Math.multiplyExact(times.get(f), term.times()), Math::addExact);
                }
            }
        } catch (ArithmeticException tooMany) {
            return false;
        }
        return byFrame.values().stream().allMatch(sum -> isNothing(sum, allThere));
    }

    /** Rows of one frame: what is elsewhere called alike can be something else. */
    private static boolean isNothing(Map<Selection, Integer> sum, boolean allThere) {
        Map<String, Optional<Domain>> domains = domains(sum.keySet());
        return new Structure(true, domains).vanishes(sum)
                || allThere && lackOnOneSide(sum) && new Structure(false, domains).vanishes(sum);
    }

    /**
     * Whether all that can lack a value of its own is added, or all is taken out: only then nothing is lacking where the sum is nothing. What lacks something in each of them is
     * looked at without.
     */
    private static boolean lackOnOneSide(Map<Selection, Integer> sum) {
        Set<Selection.Condition> common = sum.entrySet().stream()
                .filter(term -> term.getValue() != 0)
                .map(term -> term.getKey().presence())
                .reduce((some, others) -> {
                    some.retainAll(others);
                    return some;
                })
                .orElseGet(Set::of);
        Set<Integer> signs = new HashSet<>();
        for (Map.Entry<Selection, Integer> term : sum.entrySet()) {
            if (term.getValue() != 0 && !common.containsAll(term.getKey().presence())) {
                signs.add(Integer.signum(term.getValue()));
            }
        }
        return signs.size() <= 1;
    }

    private boolean vanishes(Map<Selection, Integer> all) {
        try {
            Polynomial sum = Polynomial.of(0);
            for (Map.Entry<Selection, Integer> term : all.entrySet()) {
                if (term.getValue() != 0) {
                    sum.add(term.getValue(), of(term.getKey()));
                }
            }
            return sum.isZero();
        } catch (Polynomial.Undecided | ArithmeticException undecided) {
            return false;
        }
    }

    private Polynomial of(Selection selection) {
        return Polynomial.wording(selection.frame())
                .times(all(selection.conditions().stream()
                        .filter(c -> withPresence || c.nature() != Selection.Nature.PRESENCE)
                        .map(Selection.Condition::asked)
                        .toList()));
    }

    private Polynomial all(List<Asked> conditions) {
        Polynomial product = Polynomial.of(1);
        for (Asked condition : conditions) {
            product = product.times(of(condition));
        }
        return product;
    }

    private Polynomial of(Asked condition) {
        return switch (condition) {
            case Asked.Wording wording -> Polynomial.wording(wording.text());
            case Asked.Present(String subject) -> present(subject);
            case Asked.Missing(String subject) -> missing(subject);
            case Asked.Unless(List<Asked> all, boolean unknown) ->
                unknown ? Polynomial.of(1).minus(all(all)) : Polynomial.wording(condition.toString());
            case Asked.Either(List<List<Asked>> options) -> {
                Polynomial none = Polynomial.of(1);
                for (List<Asked> option : options) {
                    none = none.times(Polynomial.of(1).minus(all(option)));
                }
                yield Polynomial.of(1).minus(none);
            }
            case Asked.In in -> in(in);
        };
    }

    /** A subject that can be missing nowhere is there. */
    private Polynomial present(String subject) {
        return domain(subject).map(d -> !d.missing()).orElse(false) ? Polynomial.of(1) : Polynomial.present(subject);
    }

    private Polynomial missing(String subject) {
        if (!domain(subject).map(Domain::missing).orElse(true)) {
            throw new Polynomial.Undecided(); // asked all the same: the domain is not what it can be here
        }
        return Polynomial.of(1).minus(present(subject));
    }

    private Polynomial in(Asked.In in) {
        requireOneReading(in.pieces());
        Optional<Domain> domain = domain(in.subject());
        if (domain.isPresent()) {
            return of(in, domain.get());
        }
        Polynomial sum = Polynomial.of(0);
        for (Piece piece : in.pieces()) {
            sum.add(1, piece(in.subject(), piece));
        }
        return sum;
    }

    /** The last of all values is what is there without the others. */
    private Polynomial of(Asked.In in, Domain domain) {
        List<Piece> pieces = domain.pieces();
        if (!in.pieces().stream().allMatch(asked -> pieces.stream().anyMatch(asked::includes))) {
            throw new Polynomial.Undecided();
        }
        Polynomial sum = Polynomial.of(0);
        for (int p = 0; p < pieces.size(); p++) {
            Piece piece = pieces.get(p);
            if (in.pieces().stream().anyMatch(asked -> asked.includes(piece))) {
                sum.add(1, p < pieces.size() - 1 ? piece(in.subject(), piece) : last(in.subject(), pieces));
            } else if (in.pieces().stream().anyMatch(asked -> asked.mayOverlap(piece))) {
                throw new Polynomial.Undecided();
            }
        }
        return sum;
    }

    private Polynomial last(String subject, List<Piece> pieces) {
        Polynomial rest = Polynomial.of(0);
        rest.add(1, present(subject));
        for (Piece other : pieces.subList(0, pieces.size() - 1)) {
            rest.add(-1, piece(subject, other));
        }
        return rest;
    }

    private Polynomial piece(String subject, Piece piece) {
        return switch (piece) {
            case Value(String text) -> Polynomial.value(subject, text);
            case Range(Cut from, Cut until) -> {
                Polynomial upper = until == null ? present(subject) : Polynomial.before(subject, until);
                yield from == null ? upper : upper.minus(Polynomial.before(subject, from));
            }
        };
    }

    /** Pieces that may be one, or overlap, would be counted twice. */
    private static void requireOneReading(List<Piece> pieces) {
        for (Piece piece : pieces) {
            if (piece instanceof Range(Cut from, Cut until)
                    && from != null
                    && until != null
                    && from.compareTo(until) > 0) {
                throw new Polynomial.Undecided();
            }
        }
        List<Piece> ranges =
                pieces.stream().filter(Range.class::isInstance).sorted(BY_BEGIN).toList();
        List<String> values = pieces.stream()
                .filter(Value.class::isInstance)
                .map(value -> ((Value) value).text())
                .toList();
        if (SameText.mayRepeat(values) || !values.isEmpty() && !ranges.isEmpty()) {
            throw new Polynomial.Undecided();
        }
        for (int i = 1; i < ranges.size(); i++) { // in order, only neighbours can overlap
            if (ranges.get(i).mayOverlap(ranges.get(i - 1))) {
                throw new Polynomial.Undecided();
            }
        }
    }

    private Optional<Domain> domain(String subject) {
        return domains.getOrDefault(subject, Optional.empty());
    }

    /** What subjects can be, where all that say so agree. */
    private static Map<String, Optional<Domain>> domains(Set<Selection> selections) {
        Map<String, Optional<Domain>> domains = new HashMap<>();
        for (Selection selection : selections) {
            for (Selection.Condition condition : selection.conditions()) {
                if (condition.asked() instanceof Asked.In(String subject, List<Piece> p, Optional<Domain> domain)
                        && domain.isPresent()) {
                    domains.merge(subject, domain, (a, b) -> a.equals(b) ? a : Optional.empty());
                }
            }
        }
        return domains;
    }
}
