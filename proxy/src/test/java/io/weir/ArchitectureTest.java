package io.weir;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** docs/architecture/dependency-rules.md as a test: the groups of rules carry the titles of that page. A rule that matches no class fails. */
class ArchitectureTest {
    private static final String ROOT = "io.weir";
    private static final String QUERY = "io.weir.query.";
    private static final String RELEASE = "io.weir.release.";

    private static final JavaClasses SHIPPED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    record Named(String name, ArchRule rule) {}

    /**
     * The plan (govern.plan) is the vocabulary that govern, rewrite, disclose and finish share, so it belongs to no stage here. The conductor
     * (io.weir.query itself) sees all.
     */
    private static LayeredArchitecture queryFlow() {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("wire")
                .definedBy(QUERY + "wire..")
                .layer("session")
                .definedBy(QUERY + "session..")
                .layer("parse")
                .definedBy(QUERY + "parse..")
                .layer("govern")
                .definedBy(QUERY + "govern")
                .layer("rewrite")
                .definedBy(QUERY + "rewrite..")
                .layer("execute")
                .definedBy(QUERY + "execute..")
                .layer("disclose")
                .definedBy(QUERY + "disclose..")
                .layer("finish")
                .definedBy(QUERY + "finish..")
                .layer("respond")
                .definedBy(QUERY + "respond..")
                .whereLayer("wire")
                .mayNotAccessAnyLayer()
                .whereLayer("session")
                .mayOnlyAccessLayers("wire", "respond")
                .whereLayer("parse")
                .mayNotAccessAnyLayer()
                .whereLayer("govern")
                .mayOnlyAccessLayers("parse")
                .whereLayer("rewrite")
                .mayOnlyAccessLayers("govern")
                .whereLayer("execute")
                .mayOnlyAccessLayers("rewrite", "govern")
                .whereLayer("disclose")
                .mayOnlyAccessLayers("execute", "rewrite", "govern")
                .whereLayer("finish")
                .mayOnlyAccessLayers("disclose", "govern")
                .whereLayer("respond")
                .mayOnlyAccessLayers("wire");
    }

    /** A bundle and a delivery name the request that they belong to, so both see its types. */
    private static LayeredArchitecture releaseFlow() {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("request")
                .definedBy(RELEASE + "request..")
                .layer("review")
                .definedBy(RELEASE + "review..")
                .layer("bundle")
                .definedBy(RELEASE + "bundle..")
                .layer("deliver")
                .definedBy(RELEASE + "deliver..")
                .whereLayer("request")
                .mayNotAccessAnyLayer()
                .whereLayer("review")
                .mayOnlyAccessLayers("request")
                .whereLayer("bundle")
                .mayOnlyAccessLayers("review", "request")
                .whereLayer("deliver")
                .mayOnlyAccessLayers("bundle", "review", "request");
    }

    private static final List<Named> LIBRARIES = List.of(
            new Named(
                    "Calcite only in query.parse, govern, rewrite, finish and the conductor's Statements",
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(
                                    QUERY + "parse..", QUERY + "govern", QUERY + "rewrite..", QUERY + "finish..")
                            .and()
                            // The conductor hands the tree from parse to govern and names its type.
                            .haveNameNotMatching("io\\.weir\\.query\\.Statements(\\$.*)?")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("org.apache.calcite..")),
            new Named(
                    "JSqlParser only in query.execute",
                    noClasses()
                            .that()
                            .resideOutsideOfPackage(QUERY + "execute..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("net.sf.jsqlparser..")),
            new Named(
                    "Vert.x and Netty only in query.wire, query.session, query.catalog, web and the root",
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(
                                    QUERY + "wire..", QUERY + "session..", QUERY + "catalog..", "io.weir.web..", ROOT)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("io.vertx..", "io.netty..")),
            new Named(
                    "java.sql only in store, the SQL connectors, query.catalog's providers, demo and the root",
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(
                                    "io.weir.store..",
                                    "io.weir.connector.jdbc..",
                                    "io.weir.connector.postgresql..",
                                    "io.weir.connector.sqlserver..",
                                    QUERY + "catalog..",
                                    // The demo fills a database of its own and plays the analyst's client.
                                    "io.weir.demo..",
                                    // Quickstart creates the databases of the demo.
                                    ROOT)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")),
            new Named(
                    "snakeyaml-engine only in yaml",
                    noClasses()
                            .that()
                            .resideOutsideOfPackage("io.weir.yaml..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("org.snakeyaml..")),
            new Named(
                    "fastcsv only in sdc.read",
                    noClasses()
                            .that()
                            .resideOutsideOfPackage("io.weir.sdc.read..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("de.siegmar.fastcsv..")),
            new Named(
                    "disclosure-rules depends on java.base alone, annotations apart, and opens no file",
                    classes()
                            .that()
                            .resideInAPackage("io.weir.disclosure..")
                            .should()
                            .onlyDependOnClassesThat()
                            .resideInAnyPackage(
                                    "io.weir.disclosure..",
                                    "java.lang..",
                                    "java.util..",
                                    "java.math..",
                                    // Streams, readers and charsets of its own resources; no java.nio.file, no File.
                                    "java.io",
                                    "java.nio.charset",
                                    // What a collation may take for one text.
                                    "java.text",
                                    // Keyed hashes of units.
                                    "java.security",
                                    "javax.crypto..",
                                    "org.jspecify.annotations..")),
            new Named(
                    "disclosure-rules names no file type of java.io",
                    noClasses()
                            .that()
                            .resideInAPackage("io.weir.disclosure..")
                            .should()
                            .dependOnClassesThat()
                            .haveNameMatching("java\\.io\\.(File|RandomAccessFile).*")));

    private static final List<Named> STAGES = List.of(
            new Named("a query flows one way", queryFlow()),
            new Named("a release flows one way", releaseFlow()),
            new Named(
                    "wire knows no other stage",
                    noClasses()
                            .that()
                            .resideInAPackage(QUERY + "wire..")
                            .should()
                            .dependOnClassesThat(resideInAnyPackage("io.weir..")
                                    .and(not(resideInAnyPackage(
                                            QUERY + "wire..", QUERY + "type..", "io.weir.problem.."))))),
            new Named(
                    "audit knows no stage",
                    noClasses()
                            .that()
                            .resideInAPackage("io.weir.audit..")
                            .should()
                            .dependOnClassesThat(
                                    resideInAnyPackage("io.weir..").and(not(resideInAnyPackage("io.weir.audit.."))))),
            new Named(
                    "sdc knows no stage, no store and no policy",
                    noClasses()
                            .that()
                            .resideInAPackage("io.weir.sdc..")
                            .should()
                            .dependOnClassesThat(resideInAnyPackage("io.weir..")
                                    .and(not(resideInAnyPackage(
                                            "io.weir.sdc..",
                                            "io.weir.yaml..",
                                            "io.weir.text..",
                                            "io.weir.disclosure.."))))),
            new Named(
                    "audit.verify shares only audit.format with audit.log",
                    noClasses()
                            .that()
                            .resideInAPackage("io.weir.audit.verify..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("io.weir.audit.log..")),
            new Named(
                    "identity, problem, query.type and query.answer are leaves",
                    noClasses()
                            .that()
                            .resideInAnyPackage(
                                    "io.weir.identity..", "io.weir.problem..", QUERY + "type..", QUERY + "answer..")
                            .should()
                            .dependOnClassesThat(resideInAnyPackage("io.weir..")
                                    .and(not(resideInAnyPackage(
                                            "io.weir.identity..",
                                            "io.weir.problem..",
                                            QUERY + "type..",
                                            QUERY + "answer.."))))),
            new Named(
                    "connectors are used by their SPI everywhere but in the composition root",
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(ROOT, "io.weir.connector..")
                            .should()
                            .dependOnClassesThat(resideInAnyPackage("io.weir.connector..")
                                    .and(not(resideInAnyPackage(
                                            "io.weir.connector",
                                            "io.weir.connector.source..",
                                            "io.weir.connector.destination.."))))),
            new Named(
                    "nothing points back at the composition root",
                    noClasses()
                            .that()
                            .resideOutsideOfPackage(ROOT)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(ROOT)));

    private static final List<Named> SECRETS_OF_THE_ROAD = List.of(
            new Named(
                    "wire, session, respond, finish and web never see execute",
                    noClasses()
                            .that()
                            .resideInAnyPackage(
                                    QUERY + "wire..",
                                    QUERY + "session..",
                                    QUERY + "respond..",
                                    QUERY + "finish..",
                                    "io.weir.web..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(QUERY + "execute..")),
            new Named(
                    "no public method of disclose returns a type of execute",
                    methods()
                            .that()
                            .arePublic()
                            .and()
                            .areDeclaredInClassesThat()
                            .resideInAPackage(QUERY + "disclose..")
                            .should()
                            .notHaveRawReturnType(resideInAnyPackage(QUERY + "execute.."))));

    private static final List<Named> EVERYWHERE = List.of(
            new Named(
                    "no cycles between packages",
                    slices().matching("io.weir.(**)")
                            .should()
                            .beFreeOfCycles()
                            // The generated parser builds its nodes with our operators, and SqlFrontEnd starts the
                            // generated parser.
                            .ignoreDependency(
                                    resideInAPackage(QUERY + "parse.generated"), resideInAPackage(QUERY + "parse"))),
            new Named(
                    "no static mutable state",
                    fields().that()
                            .areStatic()
                            .and()
                            // Written by JavaCC, for us; no class of ours.
                            .areDeclaredInClassesThat()
                            .resideOutsideOfPackage(QUERY + "parse.generated..")
                            .should()
                            .beFinal()),
            new Named(
                    "clock, ids and randomness are injected",
                    noClasses()
                            .that()
                            // The root makes them; the demo and the test kit have no production road.
                            .resideOutsideOfPackages(ROOT, "io.weir.demo..", "io.weir.connector.testkit..")
                            .should()
                            .callMethod(Instant.class, "now")
                            .orShould()
                            .callMethod(System.class, "currentTimeMillis")
                            .orShould()
                            .callMethod(Clock.class, "systemUTC")
                            .orShould()
                            .callMethod(UUID.class, "randomUUID")
                            .orShould()
                            .callConstructor(Random.class)
                            .orShould()
                            .callConstructor(Random.class, long.class)),
            new Named(
                    "*Config are records",
                    classes().that().haveSimpleNameEndingWith("Config").should().beRecords()));

    @TestFactory
    Stream<DynamicTest> libraries() {
        return tests(LIBRARIES);
    }

    @TestFactory
    Stream<DynamicTest> stages() {
        return tests(STAGES);
    }

    @TestFactory
    Stream<DynamicTest> secretsOfTheRoad() {
        return tests(SECRETS_OF_THE_ROAD);
    }

    @TestFactory
    Stream<DynamicTest> everywhere() {
        return tests(EVERYWHERE);
    }

    private static Stream<DynamicTest> tests(List<Named> rules) {
        return rules.stream()
                .map(named ->
                        DynamicTest.dynamicTest(named.name(), () -> named.rule().check(SHIPPED)));
    }
}
