package io.weir.policy.load;

import io.weir.policy.Agreement;
import io.weir.policy.Agreement.SignOff;
import io.weir.policy.Column;
import io.weir.policy.ColumnClass;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.Generalisation;
import io.weir.policy.Grant;
import io.weir.policy.Person;
import io.weir.policy.Profile;
import io.weir.policy.RowFilter.Condition;
import io.weir.yaml.YamlSection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An agreement names only what exists, and grants only what its datasets are prepared for. */
final class AgreementRules {
    private final Draft draft;
    private final Map<DatasetName, Profile> families = new HashMap<>();

    AgreementRules(Draft draft) {
        this.draft = draft;
    }

    void check() {
        draft.agreements.entries().stream()
                .sorted(Comparator.comparing(
                        (Register.Entry<Agreement> e) -> e.value().id()))
                .forEach(e -> check(e.value(), e.section()));
    }

    private void check(Agreement a, YamlSection s) {
        draft.projects.check(a.project(), s, "project");
        draft.purposes.check(a.purpose(), s, "purpose");
        present(a.parties(), s, "parties");
        present(a.legalBases(), s, "legalBases");
        present(a.checklist(), s, "checklist");
        present(a.grants(), s, "grants");
        a.parties().forEach(party -> draft.organisations.check(party, s, "parties"));
        a.legalBases().forEach(basis -> draft.legalBases.check(basis, s, "legalBases"));
        a.destinations().stream().sorted().forEach(id -> draft.destinations.check(id, s, "destinations"));
        if (a.validUntil().isBefore(a.validFrom())) {
            s.problem("validUntil", "is before validFrom", "write the last day on which it is in force");
        }
        for (int i = 0; i < a.signOffs().size(); i++) {
            signOff(a, a.signOffs().get(i), s, "signOffs[" + i + "]");
        }
        Profile interactive = profile(a.profile(), s, "profile");
        Profile release = profile(a.releaseProfile(), s, "releaseProfile");
        if (interactive != null && release != null) {
            asStrict(release, interactive, "the profile for interactive answers", s, "releaseProfile");
        }
        Set<DatasetName> granted = new HashSet<>();
        for (int i = 0; i < a.grants().size(); i++) {
            String path = "grants[" + i + "]";
            Grant grant = a.grants().get(i);
            if (!granted.add(grant.dataset())) {
                s.problem(path + ".dataset", grant.dataset() + " is granted twice", "keep one grant for each dataset");
            }
            grant(grant, s, path);
            family(grant, interactive, s, "profile");
            family(grant, release, s, "releaseProfile");
        }
        for (int i = 0; i < a.linkages().size(); i++) {
            new LinkageRules(draft, granted).check(a.linkages().get(i), s, "linkage[" + i + "]");
        }
    }

    private static void present(List<?> list, YamlSection s, String key) {
        if (list.isEmpty()) {
            s.problem(key, "an agreement needs at least one of these", "add one under '" + key + "'");
        }
    }

    private static void asStrict(Profile own, Profile least, String what, YamlSection s, String key) {
        List<String> loosened = Strictness.loosened(own, least);
        if (!loosened.isEmpty()) {
            s.problem(
                    key,
                    "'%s' hides less than %s, '%s': by %s"
                            .formatted(own.name(), what, least.name(), String.join(", ", loosened)),
                    "choose a profile that is as strict in all");
        }
    }

    private void signOff(Agreement a, SignOff signOff, YamlSection s, String path) {
        if (!a.parties().contains(signOff.organisation())) {
            s.problem(path + ".organisation", signOff.organisation() + " is no party", "parties: " + a.parties());
        }
        if (draft.people.check(signOff.by(), s, path + ".by")) {
            Person person = draft.people.get(signOff.by());
            if (person != null && !person.organisation().equals(signOff.organisation())) {
                s.problem(
                        path + ".by",
                        "%s does not belong to %s".formatted(signOff.by(), signOff.organisation()),
                        "a party is bound by its own people");
            }
        }
    }

    private @Nullable Profile profile(String name, YamlSection s, String key) {
        draft.profiles.check(name, s, key);
        return draft.profiles.get(name);
    }

    private void grant(Grant grant, YamlSection s, String path) {
        draft.datasets.check(grant.dataset(), s, path + ".dataset");
        Dataset dataset = draft.datasets.get(grant.dataset());
        if (dataset == null) {
            return;
        }
        if (grant.columns().isEmpty()) {
            s.problem(path + ".columns", "no column is granted", "name columns, or remove the grant");
        }
        if (grant.rowScope() != null) {
            for (Condition condition : grant.rowScope().conditions()) {
                if (dataset.column(condition.column()).isEmpty()) {
                    AgreementReader.unknownColumn(s, path + ".rowScope", dataset, condition.column());
                }
                ColumnRules.compared(dataset, condition.column(), s, path + ".rowScope");
            }
        }
        if (grant.mode() == Grant.Mode.ROW_LEVEL && dataset.kind() == Dataset.Kind.PERSONAL) {
            for (Column column : dataset.columns()) {
                if (grant.columns().contains(column.name())
                        && column.columnClass() == ColumnClass.QUASI
                        && column.rowView() instanceof Generalisation.None) {
                    s.problem(
                            path + ".columns",
                            "%s.%s is identifying together with others and has no rowView"
                                    .formatted(grant.dataset(), column.name()),
                            "give the column a rowView (withhold, dateGrain, bands …), or do not grant it row_level");
                }
            }
        }
    }

    /** Rounding and markers of one dataset are of one family, or answers under two agreements could be subtracted. */
    private void family(Grant grant, @Nullable Profile profile, YamlSection s, String key) {
        Dataset dataset = draft.datasets.get(grant.dataset());
        if (profile == null || dataset == null || dataset.kind() != Dataset.Kind.PERSONAL) {
            return;
        }
        Profile least = dataset.leastProfile() == null ? null : draft.profiles.get(dataset.leastProfile());
        Profile first = least != null ? least : families.putIfAbsent(grant.dataset(), profile);
        if (first != null && !first.family().equals(profile.family())) {
            s.problem(
                    key,
                    "family '%s' differs from '%s', which other answers about %s follow"
                            .formatted(profile.family(), first.family(), grant.dataset()),
                    "choose a profile of family '" + first.family() + "'");
        }
        if (least != null) {
            asStrict(profile, least, "the least that " + grant.dataset() + " asks for", s, key);
        }
    }
}
