package io.weir.demo.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.policy.Agreement;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.Grant;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.load.PolicyLoad;
import io.weir.policy.load.PolicyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPolicyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    @TempDir
    Path directory = Path.of("set by JUnit");

    @Test
    void theDemoPolicyLoadsWithoutProblems() throws IOException {
        DemoPolicy.install(directory, DemoPolicyFixture.VALUES);
        PolicyLoad load = new PolicyLoader(name -> Optional.empty()).load(directory);
        assertThat(load).isInstanceOf(PolicyLoad.Loaded.class);
        PolicySnapshot snapshot = load.orThrow();
        assertThat(snapshot.datasets()).hasSize(10);
        assertThat(snapshot.destinations()).containsOnlyKeys("university-bucket", "council-sftp");
        assertThat(snapshot.people()).containsKeys(new PersonId("ada"), new PersonId("cora"));
    }

    @Test
    void twoAgreementsAreInForceAndTwoGrantNothing() throws IOException {
        PolicySnapshot snapshot = load();
        assertThat(snapshot.agreementInForce(new ProjectId("diabetes"), TODAY)).isPresent();
        assertThat(snapshot.agreementInForce(new ProjectId("flow"), TODAY)).isPresent();
        assertThat(snapshot.agreementInForce(new ProjectId("respiratory"), TODAY))
                .isEmpty();
        assertThat(snapshot.agreementInForce(new ProjectId("maternity"), TODAY)).isEmpty();
    }

    @Test
    void rowsAreGrantedOnlyForAdmissionsInFlow() throws IOException {
        List<DatasetName> rowLevel = load().agreements().values().stream()
                .map(Agreement::grants)
                .flatMap(List::stream)
                .filter(g -> g.mode() == Grant.Mode.ROW_LEVEL)
                .map(Grant::dataset)
                .toList();
        assertThat(rowLevel).containsExactly(new DatasetName("hospital", "admissions"));
    }

    @Test
    void nobodyIsGrantedNamesOrTheOptOutFlag() throws IOException {
        assertThat(load().agreements().values().stream()
                        .flatMap(a -> a.grants().stream())
                        .flatMap(g -> g.columns().stream()))
                .doesNotContain("given_name", "family_name", "opted_out");
    }

    @Test
    void everyPersonalDatasetLeavesOptOutsOut() throws IOException {
        assertThat(load().datasets().values().stream().filter(d -> d.kind() == Dataset.Kind.PERSONAL))
                .hasSize(3)
                .allMatch(d -> d.optOut() != null);
    }

    @Test
    void theIndexNamesEveryFileOfTheDirectory() throws IOException {
        Path resources = Path.of("src/main/resources/demo/policy");
        try (Stream<Path> walk = Files.walk(resources)) {
            List<String> files = walk.filter(Files::isRegularFile)
                    .map(p -> resources.relativize(p).toString())
                    .sorted()
                    .toList();
            assertThat(DemoPolicy.files()).containsExactlyInAnyOrderElementsOf(files);
        }
    }

    @Test
    void columnsMatchTheSchemaOfTheDemoData() throws IOException {
        String ddl = Files.readString(Path.of("src/main/resources/demo/schema.sql"));
        for (Dataset dataset : load().datasets().values()) {
            String table = Objects.requireNonNull(
                    ddl.split("CREATE TABLE " + dataset.name() + " \\(", 2)[1].split("\\);", 2)[0]);
            List<String> columns = table.lines()
                    .map(String::strip)
                    .filter(l -> !l.isEmpty())
                    .map(l -> l.split("\\s+")[0])
                    .toList();
            assertThat(dataset.columns().stream().map(io.weir.policy.Column::name))
                    .as("columns of %s", dataset.name())
                    .containsExactlyElementsOf(columns);
        }
    }

    private PolicySnapshot load() throws IOException {
        DemoPolicy.install(directory, DemoPolicyFixture.VALUES);
        return new PolicyLoader(name -> Optional.empty()).load(directory).orThrow();
    }
}
