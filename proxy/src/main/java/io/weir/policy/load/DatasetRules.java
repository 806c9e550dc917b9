package io.weir.policy.load;

import io.weir.policy.Column;
import io.weir.policy.ColumnClass;
import io.weir.policy.Dataset;
import io.weir.policy.Dataset.SubjectKey;
import io.weir.policy.DatasetName;
import io.weir.policy.Domain;
import io.weir.policy.Generalisation;
import io.weir.policy.Link;
import io.weir.policy.RowFilter.Condition;
import io.weir.yaml.YamlSection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A personal dataset knows whom it is about; links lead to unique keys; every name exists. */
final class DatasetRules {
    private final Draft draft;

    DatasetRules(Draft draft) {
        this.draft = draft;
    }

    void check() {
        for (Register.Entry<Dataset> entry : draft.datasets.entries()) {
            check(entry.value(), entry.section());
        }
    }

    private void check(Dataset dataset, YamlSection section) {
        draft.sources.check(dataset.source(), section, "source");
        draft.organisations.check(dataset.owner(), section, "owner");
        switch (dataset.kind()) {
            case PERSONAL -> personal(dataset, section);
            case REFERENCE -> reference(dataset, section);
        }
        if (dataset.leastProfile() != null) {
            draft.profiles.check(dataset.leastProfile(), section, "leastProfile");
        }
        names(dataset, dataset.recordKey(), section, "recordKey");
        for (int i = 0; i < dataset.links().size(); i++) {
            link(dataset, dataset.links().get(i), section, "links[" + i + "]");
        }
        if (dataset.optOut() != null) {
            names(
                    dataset,
                    dataset.optOut().conditions().stream()
                            .map(Condition::column)
                            .toList(),
                    section,
                    "optOut");
        }
        inOneSource(dataset, section);
        ColumnRules rules = new ColumnRules(draft);
        for (int i = 0; i < dataset.columns().size(); i++) {
            rules.check(dataset.kind(), dataset.columns().get(i), section, "columns[" + i + "]");
        }
    }

    private static void personal(Dataset dataset, YamlSection section) {
        long carriers = dataset.links().stream().filter(Link::carriesSubject).count();
        SubjectKey subject = dataset.subject();
        if (subject == null && carriers == 0) {
            section.problem(
                    "kind",
                    "a personal dataset must say whom it is about",
                    "add 'subject: {namespace, column}', or 'carriesSubject: true' to the link that leads to the person");
        }
        if (carriers > 1 || (subject != null && carriers == 1)) {
            section.problem("links", "the subject is found in more than one way", "keep one");
        }
        if (subject == null) {
            return;
        }
        Optional<Column> column = dataset.column(subject.column());
        if (column.isEmpty()) {
            AgreementReader.unknownColumn(section, "subject.column", dataset, subject.column());
        } else if (column.get().columnClass() != ColumnClass.IDENTIFIER
                || column.get().nullable()) {
            section.problem(
                    "subject.column",
                    "the subject key must be an identifier that is never empty",
                    "write 'class: identifier' and 'nullable: false' for it");
        } else if (!subject.namespace().equals(column.get().namespace())) {
            section.problem("subject.namespace", "differs from the namespace of the column", "use the same namespace");
        }
    }

    private static void reference(Dataset dataset, YamlSection section) {
        if (dataset.subject() != null || dataset.subjectLink().isPresent()) {
            section.problem("kind", "reference data has no subject", "write 'kind: personal', or remove the subject");
        }
        if (dataset.leastProfile() != null) {
            section.problem(
                    "leastProfile", "nothing of reference data is hidden", "remove it, or write 'kind: personal'");
        }
        for (int i = 0; i < dataset.columns().size(); i++) {
            switch (dataset.columns().get(i).columnClass()) {
                case IDENTIFIER, QUASI, TEXT ->
                    section.problem(
                            "columns[" + i + "].class",
                            "reference data tells nothing about people",
                            "write 'class: public', or 'kind: personal' for the dataset");
                case ATTRIBUTE, PUBLIC -> {}
            }
        }
    }

    private void link(Dataset dataset, Link link, YamlSection section, String path) {
        names(dataset, link.columns(), section, path + ".columns");
        if (!draft.datasets.check(link.target(), section, path + ".target")) {
            return;
        }
        Dataset target = draft.datasets.get(link.target());
        if (target == null || !names(target, link.targetColumns(), section, path + ".targetColumns")) {
            return;
        }
        boolean subjectKey = target.subject() != null
                && link.targetColumns().equals(List.of(target.subject().column()))
                && target.recordKey().equals(link.targetColumns());
        if (!subjectKey && !new HashSet<>(target.recordKey()).equals(new HashSet<>(link.targetColumns()))) {
            section.problem(
                    path + ".targetColumns",
                    "%s is not the record key of %s".formatted(link.targetColumns(), link.target()),
                    "link to " + target.recordKey());
        }
        for (int i = 0; i < link.columns().size(); i++) {
            Optional<Column> from = dataset.column(link.columns().get(i));
            Optional<Column> to = target.column(link.targetColumns().get(i));
            if (from.isPresent()
                    && to.isPresent()
                    && from.get().type().type() != to.get().type().type()) {
                section.problem(path + ".columns", "types differ from those of the target", "give both ends one type");
            }
        }
        names(target, List.copyOf(link.through()), section, path + ".through");
        boolean coarsened = link.columns().stream()
                .flatMap(c -> dataset.column(c).stream())
                .anyMatch(c -> !(c.aggregateView() instanceof Generalisation.None));
        if (coarsened && link.targetColumns().stream().anyMatch(link.through()::contains)) {
            section.problem(
                    path + ".through",
                    "the key of %s would undo the coarsening of %s".formatted(link.target(), link.columns()),
                    "name only columns that are coarser than the key");
        }
        if (link.carriesSubject()) {
            carrier(dataset, target, section, path);
        }
    }

    /**
     * What a statement for the dataset's source must read besides the dataset: targets of links, for opt-outs and subjects, tables of
     * coarser values, and values that are public.
     */
    private void inOneSource(Dataset dataset, YamlSection section) {
        for (int i = 0; i < dataset.links().size(); i++) {
            inSourceOf(dataset, dataset.links().get(i).target(), section, "links[" + i + "].target");
        }
        for (int i = 0; i < dataset.columns().size(); i++) {
            Column column = dataset.columns().get(i);
            String path = "columns[" + i + "]";
            if (column.aggregateView() instanceof Generalisation.Lookup lookup) {
                inSourceOf(dataset, lookup.dataset(), section, path + ".aggregateView");
            }
            if (column.rowView() instanceof Generalisation.Lookup lookup) {
                inSourceOf(dataset, lookup.dataset(), section, path + ".rowView");
            }
            if (column.domain() instanceof Domain.Reference domain) {
                inSourceOf(dataset, domain.dataset(), section, path + ".domain");
            }
        }
    }

    private void inSourceOf(Dataset dataset, DatasetName other, YamlSection section, String path) {
        Dataset target = draft.datasets.get(other);
        if (target != null && !target.source().equals(dataset.source())) {
            section.problem(
                    path,
                    "%s lies in source %s and %s in source %s: one statement cannot read both"
                            .formatted(dataset.name(), dataset.source(), other, target.source()),
                    "name a dataset of source " + dataset.source());
        }
    }

    /** The chain of carrying links ends at a dataset with a subject key of its own. */
    private void carrier(Dataset dataset, Dataset target, YamlSection section, String path) {
        Set<DatasetName> seen = new HashSet<>(Set.of(dataset.name()));
        Dataset at = target;
        while (at != null && at.subject() == null) {
            if (at.kind() != Dataset.Kind.PERSONAL || !seen.add(at.name())) {
                section.problem(
                        path,
                        "this link does not lead to a person",
                        "let it lead to the dataset that has the subject key");
                return;
            }
            at = at.subjectLink().map(l -> draft.datasets.get(l.target())).orElse(null);
        }
    }

    private static boolean names(Dataset dataset, List<String> columns, YamlSection section, String path) {
        boolean fine = true;
        for (String column : columns) {
            if (dataset.column(column).isEmpty()) {
                AgreementReader.unknownColumn(section, path, dataset, column);
                fine = false;
            }
            if (!path.endsWith(".through")) {
                ColumnRules.compared(dataset, column, section, path);
            }
        }
        return fine;
    }
}
