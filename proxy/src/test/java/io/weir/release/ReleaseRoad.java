package io.weir.release;

import io.weir.embedded.TestPostgres;
import io.weir.identity.Asker;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Outcome;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.QueryDesk;
import io.weir.query.answer.QueryOptions;
import io.weir.query.type.SqlType;
import io.weir.release.bundle.SealStore;
import io.weir.release.bundle.Sealer;
import io.weir.release.bundle.Spool;
import io.weir.release.deliver.Courier;
import io.weir.release.deliver.DeliveryDesk;
import io.weir.release.deliver.DeliverySchedule;
import io.weir.release.deliver.Outbox;
import io.weir.release.request.ReleaseRequests;
import io.weir.release.request.RequestDesk;
import io.weir.release.request.RequestLimits;
import io.weir.release.request.RequestStore;
import io.weir.release.review.ApprovalGate;
import io.weir.release.review.Remarks;
import io.weir.release.review.ReviewDesk;
import io.weir.store.ControlStore;
import io.weir.store.PostgresOutbox;
import io.weir.store.PostgresRequestStore;
import io.weir.store.PostgresSealStore;
import io.weir.store.RecordedChanges;
import io.weir.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The whole road on a database of its own, with a clock and a policy that a test can turn. */
public final class ReleaseRoad implements AutoCloseable {
    public final TestPostgres.TestDatabase database;
    public final RecordingAuditLog audit = new RecordingAuditLog();
    public final FakeDestination destination = new FakeDestination();
    public final TurnableClock clock = new TurnableClock();
    public final List<String> alerts = new ArrayList<>();
    public final ControlStore store;
    public final RecordedChanges changes;
    public final RequestStore requests;
    public final SealStore seals;
    public final Outbox outbox;
    public final RequestDesk desk;
    public final ReviewDesk review;
    public final DeliveryDesk deliveries;
    public final Path spoolDirectory;
    public volatile PolicySnapshot policy = Fixtures.policy();

    public ReleaseRoad(Path directory) throws SQLException {
        database = TestPostgres.createDatabase();
        store = ControlStore.open(
                new StoreConfig(database.url(), database.user(), database.password(), 4, Duration.ofSeconds(2)));
        changes = new RecordedChanges(store, audit, clock, new Random(1));
        requests = new PostgresRequestStore(store, changes);
        seals = new PostgresSealStore(store, changes);
        outbox = new PostgresOutbox(store, changes);
        desk = new ReleaseRequests(
                new FixedQueryDesk(), () -> policy, requests, audit, clock, new Random(2), RequestLimits.standard());
        review = new ReviewDesk(() -> policy, requests, audit, clock);
        deliveries = new DeliveryDesk(() -> policy, requests, audit, clock);
        spoolDirectory = directory.resolve("spool");
    }

    /** A courier as after a start: the spool is opened anew. */
    public Courier courier() throws IOException {
        return courier(outbox, seals);
    }

    public Courier courier(Outbox chosenOutbox, SealStore chosenSeals) throws IOException {
        ApprovalGate gate = new ApprovalGate(() -> policy, requests, clock);
        Sealer sealer =
                new Sealer(requests, chosenSeals, gate, Spool.open(spoolDirectory, new Random()), clock, "0.1.0-test");
        return new Courier(
                requests,
                sealer,
                chosenOutbox,
                gate,
                destination,
                destination::anchored,
                (request, reason) -> alerts.add(reason),
                clock,
                new Random(3),
                DeliverySchedule.standard());
    }

    public String ask() {
        return desk.request(Fixtures.asker(), "SELECT 1", "Strokes by provider", "for the board", "trust-bucket")
                .orThrow()
                .summary()
                .id();
    }

    /** Asked for and approved by two. */
    public String approved() {
        String id = ask();
        review.approve(Fixtures.CHECKER_1, id, Remarks.none()).orThrow();
        review.approve(Fixtures.CHECKER_2, id, Remarks.none()).orThrow();
        return id;
    }

    public String state(String id) {
        return desk.show(Fixtures.asker(), id).orThrow().summary().state();
    }

    /** The first column of the first row, as text. */
    public @Nullable String query(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    @Override
    public void close() {
        store.close();
    }

    private static final class FixedQueryDesk implements QueryDesk {
        @Override
        public Outcome<Prepared> prepare(
                Asker asker, String sql, List<@Nullable SqlType> parameterTypes, QueryOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<FrozenAnswer> freeze(Asker asker, String sql) {
            return Outcome.of(Fixtures.answer());
        }
    }

    /** Stands until it is turned. */
    public static final class TurnableClock extends Clock {
        private volatile Instant now = Fixtures.NOW;

        public void turn(Duration by) {
            now = now.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
