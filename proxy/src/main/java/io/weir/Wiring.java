package io.weir;

import io.vertx.core.Vertx;
import io.weir.audit.AuditEvent;
import io.weir.audit.EventType;
import io.weir.audit.format.SignerKey;
import io.weir.audit.log.AuditLogSettings;
import io.weir.audit.log.FileAuditLog;
import io.weir.audit.log.NioLogFiles;
import io.weir.config.Configuration;
import io.weir.config.Secrets;
import io.weir.connector.source.SourceConnector;
import io.weir.identity.ProjectId;
import io.weir.policy.Admission;
import io.weir.policy.PolicyAdmission;
import io.weir.policy.PolicySource;
import io.weir.policy.load.PolicyLoader;
import io.weir.policy.load.ReloadablePolicy;
import io.weir.pseudonym.FileWrappedMasters;
import io.weir.pseudonym.LocalKeyEncryptionKey;
import io.weir.pseudonym.Pseudonyms;
import io.weir.query.Answering;
import io.weir.query.QueryRoad;
import io.weir.query.Statements;
import io.weir.query.catalog.SchemaViews;
import io.weir.query.catalog.shadow.ShadowCatalogue;
import io.weir.query.catalog.shadow.ShadowLimits;
import io.weir.query.catalog.shadow.ShadowServer;
import io.weir.query.disclose.Discloser;
import io.weir.query.disclose.ProtectedRows;
import io.weir.query.execute.EgressGuard;
import io.weir.query.execute.Executor;
import io.weir.query.govern.Ruling;
import io.weir.query.parse.SqlFrontEnd;
import io.weir.query.session.PostgresServer;
import io.weir.query.session.SessionConfig;
import io.weir.query.session.SessionLimits;
import io.weir.query.session.SessionPorts;
import io.weir.query.session.authentication.MockSecrets;
import io.weir.release.bundle.Sealer;
import io.weir.release.bundle.Spool;
import io.weir.release.deliver.Courier;
import io.weir.release.deliver.DeliveryDesk;
import io.weir.release.deliver.DeliverySchedule;
import io.weir.release.request.ReleaseRequests;
import io.weir.release.request.RequestLimits;
import io.weir.release.review.ApprovalGate;
import io.weir.release.review.ReviewDesk;
import io.weir.store.ControlStore;
import io.weir.store.PostgresAccounts;
import io.weir.store.PostgresOutbox;
import io.weir.store.PostgresPublishedAnswers;
import io.weir.store.PostgresRequestStore;
import io.weir.store.PostgresSealStore;
import io.weir.store.RecordedChanges;
import io.weir.store.StoreConfig;
import io.weir.web.HttpServer;
import io.weir.web.WebConfig;
import io.weir.web.WebPorts;
import io.weir.web.api.CheckerDesk;
import io.weir.web.api.OperatorDesk;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds and connects one installation, and takes it down in reverse. */
final class Wiring implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Wiring.class);
    /** Released with every package: which tool decided. */
    static final String VERSION = "0.1.0";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final PostgresServer postgres;
    private final HttpServer web;
    private final PostgresAccounts accounts;
    private final FileAuditLog audit;
    private final QueryRoad road;
    private final PolicyAdmission admission;
    private final ReloadablePolicy policy;

    /**
     * Starts everything; closes what was started when a part fails.
     *
     * @param shadowServer where the shadow catalogue lives
     * @param environment environment variables
     */
    static Wiring start(
            Configuration config,
            ShadowServer shadowServer,
            Clock clock,
            SecureRandom random,
            Function<String, Optional<String>> environment)
            throws IOException {
        return new Wiring(config, shadowServer, clock, random, environment);
    }

    private Wiring(
            Configuration config,
            ShadowServer shadowServer,
            Clock clock,
            SecureRandom random,
            Function<String, Optional<String>> environment)
            throws IOException {
        try {
            Secrets secrets = new Secrets(config.directory(), environment);
            Supplier<String> ids = () -> HexFormat.of().formatHex(random(random, 12));
            Clock local = clock.withZone(config.policy().timeZone());

            audit = keep(FileAuditLog.open(
                    AuditLogSettings.at(config.audit().directory()),
                    SignerKey.of(
                            config.audit().origin(),
                            pem(secrets.read(config.audit().signingKey()).reveal())),
                    new io.weir.audit.log.KeyEncryptionKey(
                            key(secrets.read(config.audit().disclosureKey()).reveal())),
                    clock,
                    random,
                    new NioLogFiles()));
            audit.append(AuditEvent.of(EventType.CONFIG_LOADED).with("version", VERSION));
            policy = policy(config, environment);
            ControlStore store = keep(ControlStore.open(StoreConfig.of(
                    config.controlStore().url(),
                    config.controlStore().user(),
                    secrets.read(config.controlStore().password()).reveal())));
            RecordedChanges changes = new RecordedChanges(store, audit, clock, random);
            changes.settle();
            accounts = new PostgresAccounts(store, changes, clock, random);

            Connectors connectors = new Connectors(
                    config.policy().directory(),
                    new Secrets(config.policy().directory(), environment),
                    random,
                    config.limits().statement().plusSeconds(5));
            Map<String, SourceConnector> sources =
                    connectors.sources(policy.current().sources());
            sources.values().forEach(this::keep);
            Executor executor =
                    new Executor(sources, new EgressGuard(), config.limits().resultCells());
            Pseudonyms pseudonyms = pseudonyms(config, secrets, random);
            ShadowCatalogue shadow = keep(new ShadowCatalogue(shadowServer, ShadowLimits.standard(), random));
            SqlFrontEnd frontEnd = keep(new SqlFrontEnd());
            Thread.ofPlatform().daemon().name("weir-warm-up").start(frontEnd::warmUp);

            admission = new PolicyAdmission(policy, clock, config.policy().timeZone());
            Answering answering = new Answering(
                    executor,
                    new Discloser(new PostgresPublishedAnswers(store, clock)),
                    new ProjectPseudonyms(pseudonyms),
                    config.limits().statement(),
                    config.limits().resultRows());
            Late<SqlReleases> releases = new Late<>();
            road = new QueryRoad(
                    admission,
                    policy,
                    new Statements(new SchemaViews(), shadow.typeOracle(), frontEnd),
                    answering,
                    audit,
                    releases::get,
                    ids);
            PostgresRequestStore requestStore = new PostgresRequestStore(store, changes);
            ReleaseRequests requests = new ReleaseRequests(
                    road,
                    policy,
                    requestStore,
                    audit,
                    local,
                    random,
                    RequestLimits.standard().withStatementBytes(config.limits().statementBytes()));
            releases.set(new SqlReleases(requests));
            ApprovalGate gate = new ApprovalGate(policy, requestStore, local);
            Sealer sealer = new Sealer(
                    requestStore,
                    new PostgresSealStore(store, changes),
                    gate,
                    Spool.open(config.spool(), random),
                    clock,
                    VERSION);
            Courier courier = new Courier(
                    requestStore,
                    sealer,
                    new PostgresOutbox(store, changes),
                    gate,
                    connectors::open,
                    audit::checkpoint,
                    (request, reason) -> LOGGER.atError()
                            .addKeyValue("request", request.value())
                            .addKeyValue("reason", reason)
                            .log("a delivery needs an operator"),
                    clock,
                    random,
                    DeliverySchedule.standard());
            Thread delivery = Thread.ofVirtual().name("weir-courier").start(courier::runUntilStopped);
            keep(() -> {
                courier.stop();
                delivery.interrupt();
                delivery.join(Duration.ofSeconds(20));
            });

            Vertx vertx = Vertx.vertx();
            keep(() -> vertx.close().toCompletionStage().toCompletableFuture().get());
            postgres = keep(PostgresServer.start(
                    vertx,
                    new SessionConfig(
                            config.postgres().host(),
                            config.postgres().port(),
                            config.tls().certificate(),
                            config.tls().key(),
                            limits(config)),
                    new SessionPorts(
                            accounts,
                            new MockSecrets(
                                    key(secrets.read(config.audit().disclosureKey())
                                            .reveal()),
                                    4096),
                            admission,
                            audit,
                            road,
                            new GovernedCatalog(road, shadow),
                            random)));
            web = keep(HttpServer.start(
                    vertx,
                    WebConfig.of(
                            config.web().host(),
                            config.web().port(),
                            config.tls().certificate(),
                            config.tls().key()),
                    new WebPorts(
                            accounts,
                            policy,
                            admission,
                            requests,
                            CheckerDesk.of(new ReviewDesk(policy, requestStore, audit, local)),
                            OperatorDesk.of(new DeliveryDesk(policy, requestStore, audit, local), policy),
                            audit,
                            store::alive,
                            local,
                            ids)));
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private ReloadablePolicy policy(Configuration config, Function<String, Optional<String>> environment)
            throws IOException {
        return switch (ReloadablePolicy.open(config.policy().directory(), new PolicyLoader(environment), audit)) {
            case ReloadablePolicy.Opening.Opened opened -> opened.policy();
            case ReloadablePolicy.Opening.Refused refused ->
                throw new IOException("the policy has problems:\n"
                        + String.join(
                                "\n",
                                refused.problems().stream()
                                        .map(Object::toString)
                                        .toList()));
        };
    }

    private static Pseudonyms pseudonyms(Configuration config, Secrets secrets, SecureRandom random)
            throws IOException {
        Path file = config.pseudonyms().keyEncryptionKey();
        LocalKeyEncryptionKey key = config.pseudonyms().passphrase().isPresent()
                ? LocalKeyEncryptionKey.fromPkcs12(
                        file,
                        "weir",
                        secrets.read(config.pseudonyms().passphrase().get())
                                .reveal()
                                .toCharArray(),
                        random)
                : LocalKeyEncryptionKey.fromRawFile(file, random);
        return new Pseudonyms(
                key,
                new FileWrappedMasters(config.pseudonyms().masters()),
                random,
                config.pseudonyms().epoch());
    }

    private static SessionLimits limits(Configuration config) {
        SessionLimits standard = SessionLimits.standard();
        return new SessionLimits(
                standard.frames().forStatements(config.limits().statementBytes()),
                config.limits().connections(),
                config.limits().connectionsPerPerson(),
                standard.handshakes(),
                standard.handshakesPerAddress(),
                standard.authentication(),
                config.limits().statementBytes(),
                config.limits().idle(),
                standard.idleCursor(),
                standard.stalledWrite(),
                standard.inboxFrames(),
                standard.inboxBytes(),
                standard.bufferedBytes(),
                standard.statements(),
                standard.statementsBytes(),
                standard.portals(),
                standard.portalsBytes(),
                standard.plaintextCancel());
    }

    /** Pseudonyms of projects, as the query road needs them. */
    private record ProjectPseudonyms(Pseudonyms pseudonyms) implements Answering.PseudonymPort {
        @Override
        public ProtectedRows.Namespaces namespaces(ProjectId project) {
            return namespace -> pseudonyms.of(project, namespace)::pseudonym;
        }

        @Override
        public Ruling.Tokens tokens(ProjectId project) {
            return (namespace, token) -> pseudonyms.of(project, namespace).raw(token);
        }
    }

    /** A part that is known only after a part that asks for it: the two roads know each other. */
    private static final class Late<T> {
        private volatile Optional<T> value = Optional.empty();

        void set(T late) {
            value = Optional.of(late);
        }

        T get() {
            return value.orElseThrow(() -> new IllegalStateException("asked before everything was connected"));
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    private static byte[] random(SecureRandom random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    /** PEM or bare base64. */
    static byte[] pem(String text) {
        return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
    }

    static byte[] key(String text) {
        byte[] raw = Base64.getMimeDecoder().decode(text.strip());
        if (raw.length != 32) {
            throw new IllegalArgumentException("a key of 32 bytes in base64 was expected");
        }
        return raw;
    }

    int postgresPort() {
        return postgres.port();
    }

    int webPort() {
        return web.port();
    }

    PostgresAccounts accounts() {
        return accounts;
    }

    PolicySource policy() {
        return policy;
    }

    Admission admission() {
        return admission;
    }

    QueryRoad road() {
        return road;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception problem) {
                LOGGER.atWarn().setCause(problem).log("a part did not close");
            }
        }
    }
}
