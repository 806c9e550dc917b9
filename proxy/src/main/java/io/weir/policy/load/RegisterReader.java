package io.weir.policy.load;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.identity.Role;
import io.weir.policy.LegalBasis;
import io.weir.policy.Organisation;
import io.weir.policy.Person;
import io.weir.policy.Project;
import io.weir.policy.Purpose;
import io.weir.yaml.YamlSection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Reads organisations, people, projects and the vocabularies. */
final class RegisterReader {
    private static final PersonId NOBODY = new PersonId("nobody");
    private static final ProjectId NO_PROJECT = new ProjectId("none");

    private RegisterReader() {}

    static void organisation(YamlSection s, Draft draft) {
        int before = s.problems().count();
        String id = s.parsed("id", "", Fields::id);
        draft.organisations.declare(id, s, "id");
        Organisation organisation = new Organisation(
                id, s.text("name"), s.text("category"), s.textMap("registrations"), s.text("assurance"));
        s.end();
        if (s.problems().count() == before) {
            draft.organisations.put(id, organisation, s);
        }
    }

    static void person(YamlSection s, Draft draft) {
        int before = s.problems().count();
        PersonId id = s.parsed("id", NOBODY, PersonId::new);
        draft.people.declare(id, s, "id");
        String name = s.text("name");
        String organisation = s.text("organisation");
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(s.list("roles", RegisterReader::role));
        Set<ProjectId> projects = new HashSet<>(s.optionalList("projects", ProjectId::new));
        Person person = new Person(id, name, organisation, roles, projects, s.date("trainedUntil"));
        s.end();
        if (s.problems().count() == before) {
            draft.people.put(id, person, s);
        }
    }

    private static Role role(String text) {
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a role: "
                + String.join(
                        ", ",
                        java.util.Arrays.stream(Role.values())
                                .map(r -> r.name().toLowerCase(Locale.ROOT))
                                .toList()));
    }

    static void project(YamlSection s, Draft draft) {
        int before = s.problems().count();
        ProjectId id = s.parsed("id", NO_PROJECT, ProjectId::new);
        draft.projects.declare(id, s, "id");
        Project project = new Project(id, s.text("title"));
        s.end();
        if (s.problems().count() == before) {
            draft.projects.put(id, project, s);
        }
    }

    static void purposes(YamlSection file, Draft draft) {
        for (YamlSection s : file.sections("purposes")) {
            int before = s.problems().count();
            String code = s.parsed("code", "", Fields::id);
            draft.purposes.declare(code, s, "code");
            Purpose purpose = new Purpose(code, s.text("label"), s.parsed("dpv", "", RegisterReader::iri));
            s.end();
            if (s.problems().count() == before) {
                draft.purposes.put(code, purpose, s);
            }
        }
        file.end();
    }

    static void legalBases(YamlSection file, Draft draft) {
        for (YamlSection s : file.sections("legalBases")) {
            int before = s.problems().count();
            String code = s.parsed("code", "", Fields::id);
            draft.legalBases.declare(code, s, "code");
            LegalBasis basis = new LegalBasis(code, s.text("label"), s.parsed("iri", "", RegisterReader::iri));
            s.end();
            if (s.problems().count() == before) {
                draft.legalBases.put(code, basis, s);
            }
        }
        file.end();
    }

    private static String iri(String text) {
        if (!text.matches("https?://[^\\s<>\"]{3,300}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an IRI such as https://w3id.org/dpv#ScientificResearch");
        }
        return text;
    }
}
