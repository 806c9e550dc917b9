package io.weir.policy.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.demo.data.DemoPolicy;
import io.weir.demo.data.DemoPolicyFixture;
import io.weir.yaml.YamlProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyLoaderTest {
    @TempDir
    Path directory = Path.of("set by JUnit");

    @BeforeEach
    void installsTheDemoPolicy() throws IOException {
        DemoPolicy.install(directory, DemoPolicyFixture.VALUES);
    }

    /** One change of the demo policy, and the file and path where the problem must be. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            people/ada.yaml                | fells-university     | fels-university        | organisation                 | did you mean 'fells-university'
            people/ada.yaml                | [analyst]            | [analist]              | roles[0]                     | is not a role
            people/ada.yaml                | trainedUntil         | trainedUntill          | trainedUntill                | did you mean 'trainedUntil'
            people/ben.yaml                | id: ben              | id: ada                | id                           | declared twice
            sources/hospital.yaml          | {file: ../secrets/source-password} | hunter2  | password                     | must not stand in the policy
            sources/hospital.yaml          | 5432/hospital        | 5432/hospital?password=x | url                        | neither user nor password
            datasets/patients.yaml         | subject: {namespace: patient, column: patient_id} | subject: {namespace: patient, column: person_id} | subject.column | no column 'person_id'
            datasets/patients.yaml         | subject: {namespace: patient, column: patient_id} | # | kind                      | whom it is about
            datasets/patients.yaml         | namespace: nhs       | # none                 | columns[1]                   | needs a namespace
            datasets/patients.yaml         | column: opted_out    | column: opted_oout     | optOut                       | did you mean 'opted_out'
            datasets/patients.yaml         | grid: {dates: month} | grid: {dates: day}     | columns[11].grid             | finer than what analysts see
            datasets/admissions.yaml       | roundingStep: 1000   | roundingStep: 300      | columns[7].roundingStep      | 1, 2 or 5
            datasets/admissions.yaml       | targetColumns: [patient_id] | targetColumns: [sex] | links[0].targetColumns  | is not the record key
            datasets/admissions.yaml       | type: text           | grid: {step: 1}        | columns[9].type              | is missing
            datasets/admissions.yaml       | grid: {dates: month}   | domain: {from: 2020-01-01, until: 2026-01-01} | columns[2].domain | a grid of dates
            datasets/admissions.yaml       | grid: {dates: month}   | `grid: {dates: month}\n    domain: {from: 2020-01-02, until: 2026-01-01}` | columns[2].domain | first days
            datasets/admissions.yaml       | grid: {dates: month}   | `grid: {dates: month}\n    domain: {from: 2020-01-01, until: 2020-01-01}` | columns[2].domain | a later one
            datasets/admissions.yaml       | grid: {dates: month}   | `grid: {dates: month}\n    domain: {from: 2020-01-01}` | columns[2].domain.until | is missing
            datasets/admissions.yaml       | grid: {dates: month}   | `grid: {dates: month}\n    parts: [hour]` | columns[2].parts | has no hour
            datasets/admissions.yaml       | grid: {dates: month}   | `grid: {dates: month}\n    parts: [weekdays]` | columns[2].parts[0] | is not one of
            datasets/admissions.yaml       | grid: {dates: month}   | `grid: {dates: week}\n    parts: [weekday]` | columns[2].parts | are a day
            datasets/admissions.yaml       | roundingStep: 1000     | `roundingStep: 1000\n    parts: [weekday]` | columns[7].parts | dates about people
            datasets/patients.yaml         | type: bigint         | `domain: {from: 2020-01-01, until: 2021-01-01}\n    type: bigint` | columns[0].domain | no declared values
            datasets/admissions.yaml       | type: varchar(2)     | type: jsonb            | columns[4].domain            | never compared
            datasets/admissions.yaml       | type: varchar(4)     | type: "text[]"         | links[1].columns             | never compared
            datasets/admissions.yaml       | type: varchar(2)     | type: "int[][]"        | columns[4].type              | is not a type that Weir knows
            datasets/admissions.yaml       | type: varchar(2)     | type: "_int4[]"        | columns[4].type              | one pair of brackets
            datasets/admissions.yaml       | type: varchar(2)     | type: "jsonb(3)"       | columns[4].type              | takes no length
            datasets/patients.yaml         | type: boolean        | type: boolean[]        | optOut                       | never compared
            datasets/patients.yaml         | type: bigint         | type: bytea            | columns[0].class             | cannot be made pseudonyms
            datasets/patients.yaml         | type: date           | type: json             | columns[4].class             | cannot be generalised
            agreements/dsa-2026-001.yaml   | reviewersRequired: 2 | reviewersRequired: 0   | reviewersRequired            | from 1 to 5
            agreements/dsa-2026-001.yaml   | profile: hes-2018-like | profile: strict      | releaseProfile               | family
            profiles/nhse-sde.yaml         | roundingBase: 5      | roundingBase: 10       | roundingBase                 | is 5 in 'hes-2018-like'
            profiles/nhse-sde.yaml         | marker: "*"          | marker: "[c]"          | marker                       | is '*' in 'hes-2018-like'
            datasets/patients.yaml         | leastProfile: hes-2018-like | leastProfile: stricter | leastProfile | did you mean 'strict'
            datasets/sexes.yaml            | kind: reference      | `kind: reference\nleastProfile: strict` | leastProfile   | nothing of reference data is hidden
            agreements/dsa-2026-001.yaml   | [university-bucket]  | [university-bukket]    | destinations                 | did you mean
            agreements/dsa-2026-001.yaml   | purpose: research    | purpose: marketing     | purpose                      | no purpose
            agreements/dsa-2026-001.yaml   | by: henry            | by: nadia              | signOffs[1].by               | does not belong
            agreements/dsa-2026-001.yaml   | validUntil: 2028-12-31 | validUntil: 2028-13-31 | validUntil                 | is not a date
            agreements/dsa-2026-002.yaml   | columns: [patient_id, date_of_birth | columns: [patientid, date_of_birth | grants[1].columns[0] | did you mean
            """)
    void everyMistakeIsToldWithFilePathAndRemedy(String file, String from, String to, String path, String words)
            throws IOException {
        change(file, from, to);
        assertThat(problems())
                .anyMatch(p -> p.file().equals(file)
                        && p.path().equals(path)
                        && p.toString().contains(words)
                        && p.line() > 0);
    }

    /** One change of a profile or a dataset, by which an agreement does not fit any more. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            profiles/nhse-sde.yaml | threshold: 10    | threshold: 7     | releaseProfile | 'nhse-sde' hides less than the profile for interactive answers, 'hes-2018-like': by threshold
            profiles/nhse-sde.yaml | zeros: hidden    | zeros: shown     | releaseProfile | by zeros
            profiles/nhse-sde.yaml | pPercent: 0.1    | pPercent: 0.01   | releaseProfile | by pPercent
            profiles/nhse-sde.yaml | dominanceK: 0.85 | dominanceK: 0.95 | releaseProfile | by dominance
            profiles/hes-2018-like.yaml | pPercent: 0.1 | priorPosterior: {p: 0.1, q: 0.5} | releaseProfile | by priorPosterior
            profiles/hes-2018-like.yaml | `dominanceN: 2\ndominanceK: 0.85` | `dominance: [{contributors: 2, share: 0.85}, {contributors: 1, share: 0.84}]` | releaseProfile | by dominance
            profiles/nhse-sde.yaml | history: true    | history: false   | releaseProfile | by history
            datasets/patients.yaml | leastProfile: hes-2018-like | leastProfile: nhse-sde | profile | 'hes-2018-like' hides less than the least that hospital.patients asks for, 'nhse-sde': by threshold
            datasets/patients.yaml | leastProfile: hes-2018-like | leastProfile: strict | profile | choose a profile of family 'nearest-10'
            """)
    void agreementsAndReleasesMayOnlyTighten(String file, String from, String to, String path, String words)
            throws IOException {
        change(file, from, to);
        assertThat(problems())
                .isNotEmpty()
                .allMatch(p -> p.file().startsWith("agreements/") && p.line() > 0)
                .anyMatch(p -> p.path().equals(path) && p.toString().contains(words));
    }

    @Test
    void anAgreementThatIsAsStrictAsItsDatasetsAskFits() throws IOException {
        change("datasets/admissions.yaml", "kind: personal", "kind: personal\nleastProfile: hes-2018-like");
        assertThat(problems()).isEmpty();
    }

    @Test
    void whatIsReadInOneStatementLiesInOneSource() throws IOException {
        Path source = directory.resolve("sources/hospital.yaml");
        Files.writeString(
                directory.resolve("sources/elsewhere.yaml"),
                Files.readString(source).replace("id: hospital", "id: elsewhere"));
        assertThat(problems()).isEmpty();
        change("datasets/sexes.yaml", "source: hospital", "source: elsewhere");
        change("datasets/geography.yaml", "source: hospital", "source: elsewhere");
        assertThat(problems())
                .allMatch(p -> p.toString().contains("in source hospital")
                        && p.toString().contains("in source elsewhere"))
                .extracting(YamlProblem::path)
                .contains(
                        "links[0].target",
                        "links[2].target",
                        "columns[5].domain",
                        "columns[7].aggregateView",
                        "columns[7].rowView");
    }

    @Test
    void linkageIsOfGrantedDatasetsAboutPeopleOfOneNamespaceInSeveralSources() throws IOException {
        String agreement = "agreements/dsa-2026-001.yaml";
        linkage("patient", "hospital.patients, hospital.admissions");
        assertThat(problems())
                .singleElement()
                .satisfies(p ->
                        assertThat(p.toString()).contains("linkage[0].datasets").contains("in one source"));
        change("datasets/prescriptions.yaml", "source: hospital", "source: elsewhere");
        Path source = directory.resolve("sources/hospital.yaml");
        Files.writeString(
                directory.resolve("sources/elsewhere.yaml"),
                Files.readString(source).replace("id: hospital", "id: elsewhere"));
        String prescriptions = Files.readString(directory.resolve("datasets/prescriptions.yaml"));
        Files.writeString(
                directory.resolve("datasets/prescriptions.yaml"),
                prescriptions.replaceAll(
                        "(?s)\nlinks:.*?\n(?=[a-z])", "\nsubject: {namespace: patient, column: patient_id}\n"));
        change(agreement, "hospital.patients, hospital.admissions", "hospital.patients, hospital.prescriptions");
        assertThat(problems()).isEmpty();
        change(agreement, "namespace: patient", "namespace: practice");
        assertThat(problems())
                .hasSize(2)
                .allMatch(p -> p.message().contains("is not about people of namespace practice"));
        change(agreement, "namespace: practice", "namespace: patient");
        change(
                agreement,
                "[hospital.patients, hospital.prescriptions]",
                "[hospital.sexes, hospital.prescriptions, hospital.nobody]");
        assertThat(problems())
                .extracting(YamlProblem::message)
                .anyMatch(m -> m.contains("hospital.sexes is not about people"))
                .anyMatch(m -> m.contains("hospital.nobody"));
        change(
                agreement,
                "[hospital.sexes, hospital.prescriptions, hospital.nobody]",
                "[hospital.patients, hospital.prescriptions]");
        Path elsewhere = directory.resolve("sources/elsewhere.yaml");
        Files.writeString(
                elsewhere,
                Files.readString(elsewhere)
                        .replace("dialect: postgresql", "dialect: sqlserver")
                        .replaceAll("url: .*", "url: jdbc:sqlserver://elsewhere:1433;databaseName=hospital"));
        assertThat(problems()).anyMatch(p -> p.message().contains("the same buckets"));
    }

    @Test
    void onlyGrantedDatasetsAreLinked() throws IOException {
        linkage("patient", "hospital.patients, hospital.admissions");
        change(
                "agreements/dsa-2026-001.yaml",
                "  - dataset: hospital.admissions\n    columns: {allExcept: [opted_out]}\n",
                "");
        assertThat(problems()).anyMatch(p -> p.message().equals("hospital.admissions is not granted"));
    }

    private void linkage(String namespace, String datasets) throws IOException {
        Path agreement = directory.resolve("agreements/dsa-2026-001.yaml");
        Files.writeString(
                agreement,
                Files.readString(agreement)
                        + "linkage:\n  - namespace: %s\n    datasets: [%s]\n".formatted(namespace, datasets));
    }

    @Test
    void rowLevelGrantsNeedRowViewsOfQuasiIdentifiers() throws IOException {
        change("datasets/admissions.yaml", "    rowView: {dateGrain: week}\n", "");
        assertThat(problems())
                .anyMatch(
                        p -> p.path().equals("grants[0].columns") && p.message().contains("no rowView"));
    }

    @Test
    void freeTextIsNeverGivenAGrid() throws IOException {
        change("datasets/admissions.yaml", "    class: text\n", "    class: text\n    grid: {codePrefix: 2}\n");
        assertThat(problems()).anyMatch(p -> p.path().equals("columns[9].grid"));
    }

    @Test
    void severalMistakesAreToldTogetherAndOnce() throws IOException {
        change("people/ada.yaml", "fells-university", "nowhere");
        change("people/ben.yaml", "[analyst]", "analyst");
        change("purposes.yaml", "dpv: https", "dpv: ftp");
        assertThat(problems())
                .extracting(YamlProblem::file)
                .contains("people/ada.yaml", "people/ben.yaml", "purposes.yaml");
        assertThat(problems()).doesNotHaveDuplicates();
    }

    @Test
    void aBrokenFileIsNotReportedAgainByThoseWhoReferToIt() throws IOException {
        change("profiles/nhse-sde.yaml", "threshold: 10", "threshold: ten");
        assertThat(problems()).hasSize(1);
    }

    @Test
    void theDigestFollowsMeaningNotLayout() throws IOException {
        String before = load().orThrow().digest();
        change("people/ada.yaml", "name: Ada Fielding", "# a comment\nname: \"Ada Fielding\"");
        assertThat(load().orThrow().digest()).isEqualTo(before);
        change("people/ada.yaml", "Ada Fielding", "Ada Fieldings");
        assertThat(load().orThrow().digest()).isNotEqualTo(before);
    }

    @Tag("S29")
    @Test
    void filesThatBelongNowhereAreRefused() throws IOException {
        Files.writeString(directory.resolve("people/zoe.yml"), "id: zoe");
        Files.writeString(directory.resolve("extra.yaml"), "id: zoe");
        assertThat(problems()).extracting(YamlProblem::file).contains("people/zoe.yml", "extra.yaml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: &x 1              | anchors
            a: !!int 1           | tags
            'a: 1\\na: 2'        | twice
            '[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]' | deeper
            'a: 1\\n---\\nb: 2'  | second document
            '- a'                | does not hold a map
            'a: [1'              | not YAML
            """)
    void dangerousYamlIsRefused(String text, String words) throws IOException {
        Files.writeString(directory.resolve("people/zoe.yaml"), text.replace("\\n", "\n"));
        assertThat(problems())
                .anyMatch(
                        p -> p.file().equals("people/zoe.yaml") && p.toString().contains(words));
    }

    @Tag("S29")
    @Test
    void placeholdersAreFilledOnlyInSourcesAndDestinations() throws IOException {
        change("people/ada.yaml", "Ada Fielding", "${HOME}");
        change("sources/hospital.yaml", "weir_reader", "${READER}");
        assertThat(problems())
                .anyMatch(p -> p.file().equals("people/ada.yaml") && p.message().contains("placeholders"))
                .anyMatch(p ->
                        p.file().equals("sources/hospital.yaml") && p.message().contains("no value"));
    }

    @Test
    void theCheckSaysFineProblemsOrUnreadableByItsExitCode() throws IOException {
        assertThat(check(directory, false)).startsWith("0 policy is fine");
        assertThat(check(directory, true)).startsWith("0 {\"digest\":");
        change("people/ada.yaml", "fells-university", "nowhere");
        assertThat(check(directory, false))
                .startsWith("1 people/ada.yaml:3: organisation:")
                .contains("1 problem");
        assertThat(check(directory, true)).contains("\"ok\":false").contains("\"line\":3");
        assertThat(check(directory.resolve("none"), false)).startsWith("2 ");
    }

    private static String check(Path directory, boolean json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exit = PolicyCheck.run(directory, json, new PrintStream(out, true, StandardCharsets.UTF_8));
        return exit + " " + out.toString(StandardCharsets.UTF_8);
    }

    private void change(String file, String from, String to) throws IOException {
        Path path = directory.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    private PolicyLoad load() throws IOException {
        return new PolicyLoader(name -> Optional.empty()).load(directory);
    }

    private List<YamlProblem> problems() throws IOException {
        return load() instanceof PolicyLoad.Rejected(List<YamlProblem> problems) ? problems : List.of();
    }
}
