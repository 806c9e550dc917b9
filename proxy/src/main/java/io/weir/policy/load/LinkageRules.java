package io.weir.policy.load;

import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.Linkage;
import io.weir.policy.Source;
import io.weir.yaml.YamlSection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Linkage is granted for granted datasets about people of one namespace, in sources that can be linked. */
final class LinkageRules {
    private final Draft draft;
    private final Set<DatasetName> granted;

    LinkageRules(Draft draft, Set<DatasetName> granted) {
        this.draft = draft;
        this.granted = granted;
    }

    void check(Linkage linkage, YamlSection s, String path) {
        Set<String> sources = new HashSet<>();
        Set<String> dialects = new HashSet<>();
        boolean known = true;
        for (DatasetName name : new TreeSet<>(linkage.datasets())) {
            String at = path + ".datasets";
            known &= draft.datasets.check(name, s, at);
            Dataset dataset = draft.datasets.get(name);
            if (dataset == null) {
                known = false;
                continue;
            }
            if (!granted.contains(name)) {
                s.problem(at, name + " is not granted", "grant it under 'grants', or do not name it here");
            }
            if (dataset.kind() != Dataset.Kind.PERSONAL
                    || !namespace(dataset).filter(linkage.namespace()::equals).isPresent()) {
                s.problem(
                        at,
                        "%s is not about people of namespace %s".formatted(name, linkage.namespace()),
                        "name datasets about people of one namespace");
            }
            sources.add(dataset.source());
            Source source = draft.sources.get(dataset.source());
            if (source != null) {
                dialects.add(source.dialect());
            }
        }
        if (known && sources.size() < 2) {
            s.problem(
                    path + ".datasets",
                    "all lie in one source",
                    "name datasets of several sources; in one none is needed");
        }
        if (dialects.size() > 1) {
            s.problem(
                    path + ".datasets",
                    "lie in sources of different dialects, which do not put people into the same buckets",
                    "name datasets of sources of one dialect");
        }
    }

    /** Whose people the dataset is about, along the links that carry the subject. */
    private Optional<String> namespace(Dataset dataset) {
        Set<DatasetName> seen = new HashSet<>();
        Dataset at = dataset;
        while (at != null && at.subject() == null && seen.add(at.name())) {
            at = at.subjectLink().map(l -> draft.datasets.get(l.target())).orElse(null);
        }
        return Optional.ofNullable(at).map(Dataset::subject).map(Dataset.SubjectKey::namespace);
    }
}
