package io.weir.policy;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole policy at one moment. Immutable; cross-references were checked when it was loaded.
 *
 * @param digest lower-case hex SHA-256 over the canonical content of all files; in every audit record
 */
public record PolicySnapshot(
        String digest,
        Map<String, Source> sources,
        Map<DatasetName, Dataset> datasets,
        Map<String, Organisation> organisations,
        Map<PersonId, Person> people,
        Map<ProjectId, Project> projects,
        Map<String, Purpose> purposes,
        Map<String, LegalBasis> legalBases,
        Map<String, Agreement> agreements,
        Map<String, Profile> profiles,
        Map<String, Destination> destinations) {
    public PolicySnapshot {
        sources = Map.copyOf(sources);
        datasets = Map.copyOf(datasets);
        organisations = Map.copyOf(organisations);
        people = Map.copyOf(people);
        projects = Map.copyOf(projects);
        purposes = Map.copyOf(purposes);
        legalBases = Map.copyOf(legalBases);
        agreements = Map.copyOf(agreements);
        profiles = Map.copyOf(profiles);
        destinations = Map.copyOf(destinations);
    }

    /** The same with the datasets of some sources alone: with those of one, what may be written into a statement for it. */
    public PolicySnapshot within(Collection<String> some) {
        if (datasets.values().stream().allMatch(dataset -> some.contains(dataset.source()))) {
            return this;
        }
        Map<DatasetName, Dataset> own = new HashMap<>(datasets);
        own.values().removeIf(dataset -> !some.contains(dataset.source()));
        return new PolicySnapshot(
                digest,
                sources,
                own,
                organisations,
                people,
                projects,
                purposes,
                legalBases,
                agreements,
                profiles,
                destinations);
    }

    /** The column of a dataset that holds the unit key itself: its own, or the foreign key of the link that carries it. Empty where the key is in another dataset. */
    public Optional<Dataset.SubjectKey> subjectKey(Dataset dataset) {
        return Optional.ofNullable(dataset.subject())
                .or(() -> dataset.subjectLink()
                        .flatMap(link -> Optional.ofNullable(datasets.get(link.target()))
                                .map(Dataset::subject)
                                .filter(carried -> link.targetColumns().equals(List.of(carried.column())))
                                .map(carried -> new Dataset.SubjectKey(
                                        carried.namespace(), link.columns().getFirst()))));
    }

    /** The agreement of a project that is in force on a day; the latest to start when there are several. */
    public Optional<Agreement> agreementInForce(ProjectId project, LocalDate day) {
        return agreements.values().stream()
                .filter(a -> a.project().equals(project) && a.problemOn(day) == null)
                .max(Comparator.comparing(Agreement::validFrom).thenComparing(Agreement::id));
    }
}
