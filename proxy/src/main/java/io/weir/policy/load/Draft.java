package io.weir.policy.load;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.policy.Agreement;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.Destination;
import io.weir.policy.LegalBasis;
import io.weir.policy.Organisation;
import io.weir.policy.Person;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Profile;
import io.weir.policy.Project;
import io.weir.policy.Purpose;
import io.weir.policy.Source;

/** What has been read so far; becomes a snapshot when no problem was found. */
final class Draft {
    final Register<String, Source> sources = new Register<>("source");
    final Register<DatasetName, Dataset> datasets = new Register<>("dataset");
    final Register<String, Organisation> organisations = new Register<>("organisation");
    final Register<PersonId, Person> people = new Register<>("person");
    final Register<ProjectId, Project> projects = new Register<>("project");
    final Register<String, Purpose> purposes = new Register<>("purpose");
    final Register<String, LegalBasis> legalBases = new Register<>("legal basis");
    final Register<String, Agreement> agreements = new Register<>("agreement");
    final Register<String, Profile> profiles = new Register<>("profile");
    final Register<String, Destination> destinations = new Register<>("destination");

    PolicySnapshot snapshot(String digest) {
        return new PolicySnapshot(
                digest,
                sources.values(),
                datasets.values(),
                organisations.values(),
                people.values(),
                projects.values(),
                purposes.values(),
                legalBases.values(),
                agreements.values(),
                profiles.values(),
                destinations.values());
    }
}
