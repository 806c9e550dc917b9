package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Dataset;
import io.weir.policy.Linkage;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.KeyDomain;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whatever becomes one statement for a source lies in that source: each block, each read of reference data, and rows. Only above the
 * boundary does anything of two sources come together, but for what {@link LinkedBlocks} takes apart. Refuses the rest, before anything is read.
 */
final class OneSource {
    private OneSource() {}

    /**
     * A join below the boundary. Refuses data about people of two sources that may not be linked, and such data beside reference data of
     * another. What can be linked is for {@link LinkedBlocks} to say.
     */
    static boolean isWithin(UnitRows left, UnitRows right, List<Linkage> linkages) {
        Set<Dataset> datasets = none();
        datasets(left.rel(), datasets);
        datasets(right.rel(), datasets);
        if (isOne(datasets) || maybeLinked(datasets, linkages)) {
            return true;
        }
        if (left.personal() || right.personal()) {
            throw several(datasets);
        }
        return false;
    }

    static void require(Block block, PolicySnapshot policy) {
        Set<Dataset> datasets = none();
        datasets(block.input(), datasets);
        List<Expr> parts = new ArrayList<>(List.of(block.subject()));
        for (Block.Key key : block.keys()) {
            parts.add(key.expr());
            if (key.domain() instanceof KeyDomain.FromReference reference) {
                datasets.add(Objects.requireNonNull(policy.datasets().get(reference.dataset())));
                parts.add(reference.restriction());
            }
        }
        for (Atom atom : block.atoms()) {
            parts.add(atom.filter());
            switch (atom) {
                case Atom.Units u -> {}
                case Atom.Rows r -> {}
                case Atom.Records r -> parts.add(r.record());
                case Atom.Sum s -> parts.add(s.argument());
                case Atom.DistinctValues d -> parts.add(d.argument());
                case Atom.Position p -> parts.add(p.argument());
            }
        }
        require(parts, datasets);
    }

    /** Rows that leave as rows. */
    static void require(Rel rel, List<Expr> parts) {
        Set<Dataset> datasets = none();
        datasets(rel, datasets);
        require(parts, datasets);
    }

    /** Every read of reference data in what stands above the boundary. */
    static void require(Residual residual, List<Expr> outputs) {
        if (residual instanceof Residual.ReadReference read) {
            require(read.rel(), read.outputs().stream().map(Rel.Named::expr).toList());
        }
        residual.inputs().forEach(r -> require(r, List.of()));
        residual.expressions().forEach(OneSource::requireScalars);
        outputs.forEach(OneSource::requireScalars);
    }

    private static void requireScalars(Expr expr) {
        expr.walk(e -> {
            if (e instanceof Expr.Scalar scalar) {
                require(scalar.residual(), List.of(scalar.value()));
            }
        });
    }

    private static void require(List<Expr> parts, Set<Dataset> datasets) {
        parts.forEach(part -> part.walk(e -> {
            if (e instanceof Expr.Exists exists) {
                datasets(exists.rel(), datasets);
            }
        }));
        if (!isOne(datasets)) {
            throw several(datasets);
        }
    }

    /** By identity: hashing all that a policy says of a dataset costs more than looking at one twice. */
    private static Set<Dataset> none() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** Whether people of several sources are in it, and one grant of linkage is for all of them. */
    static boolean maybeLinked(Set<Dataset> datasets, List<Linkage> linkages) {
        List<Dataset> people =
                datasets.stream().filter(d -> d.kind() == Dataset.Kind.PERSONAL).toList();
        return !isOne(people)
                && linkages.stream()
                        .anyMatch(l -> people.stream().map(Dataset::name).allMatch(l.datasets()::contains));
    }

    static Set<Dataset> datasets(Rel rel) {
        Set<Dataset> datasets = none();
        datasets(rel, datasets);
        return datasets;
    }

    private static void datasets(Rel rel, Set<Dataset> into) {
        rel.walk(r -> {
            if (r instanceof Rel.Scan scan) {
                into.add(scan.dataset());
            }
        });
    }

    static boolean isOne(Collection<Dataset> datasets) {
        return datasets.stream().map(Dataset::source).distinct().count() < 2;
    }

    static RuntimeException several(Set<Dataset> datasets) {
        String where = datasets.stream()
                .map(d -> "%s in source %s".formatted(d.name(), d.source()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        boolean people = datasets.stream().anyMatch(d -> d.kind() == Dataset.Kind.PERSONAL);
        return people
                ? refuse(
                        ProblemCode.UNSUPPORTED,
                        "records about people are counted inside their source, and these lie in different ones: "
                                + where,
                        "Aggregate in each source and join the results: SELECT … FROM (SELECT code, count(*) AS n FROM … GROUP BY code) a"
                                + " JOIN (SELECT code, … FROM …) b ON b.code = a.code. Instead of IN and EXISTS over another source write the values.")
                : refuse(
                        ProblemCode.UNSUPPORTED,
                        "reference data is looked up inside its source, and this lies in different ones: " + where,
                        "Join the tables instead of using IN or EXISTS.");
    }
}
