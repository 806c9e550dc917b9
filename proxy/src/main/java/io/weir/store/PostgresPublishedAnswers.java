package io.weir.store;

import io.weir.query.disclose.PublishedAnswers;
import io.weir.query.rewrite.BlockIdentity;
import io.weir.recent.RecentlyUsed;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Published answers in the control store. A first answer is computed under an advisory lock on its data, so that two proxies cannot
 * publish two answers that tell something together. Answers never change, so recent ones are also kept in memory.
 */
public final class PostgresPublishedAnswers implements PublishedAnswers {
    private static final int REMEMBERED = 2_000;

    /** Of all of them together. */
    private static final long MOST_CHARACTERS = 32_000_000;

    private final ControlStore store;
    private final InstantSource clock;
    private final RecentlyUsed<Key, Answer> recent = new RecentlyUsed<>(
            REMEMBERED,
            MOST_CHARACTERS,
            (key, answer) -> answer.payload().length() + answer.figures().length());

    public PostgresPublishedAnswers(ControlStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Optional<Answer> find(Key key) {
        Answer known = recent.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Answer> stored = store.read(handle -> find(handle, key));
        stored.ifPresent(answer -> recent.put(key, answer));
        return stored;
    }

    private static Optional<Answer> find(Handle handle, Key key) {
        return handle.createQuery("SELECT payload, figures FROM published_answers"
                        + " WHERE question = :question AND snapshot = :snapshot AND profile = :profile")
                .bind("question", key.identity().digest())
                .bind("snapshot", key.snapshot())
                .bind("profile", key.profile())
                .map((row, context) -> new Answer(row.getString(1), row.getString(2)))
                .findOne();
    }

    @Override
    public Answer publish(Key key, SortedSet<String> compared, Function<List<Published>, Answer> compute) {
        Answer answer = store.write(handle -> {
            // Everybody takes them in this order, so that nobody waits for each other.
            for (String snapshot : compared) {
                handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:snapshot, 0))")
                        .bind("snapshot", snapshot)
                        .mapToMap()
                        .one();
            }
            Optional<Answer> meanwhile = find(handle, key);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            Answer computed = compute.apply(earlier(handle, compared));
            insert(handle, key, computed);
            return computed;
        });
        recent.put(key, answer);
        return answer;
    }

    private static List<Published> earlier(Handle handle, SortedSet<String> compared) {
        return handle.createQuery("SELECT question, snapshot, profile FROM published_answers"
                        + " WHERE snapshot = ANY (:compared) AND figures <> ''")
                .bindArray("compared", String.class, compared)
                .map((row, context) -> published(handle, row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    private static Published published(Handle handle, String question, String snapshot, String profile) {
        return new Published(
                question + " " + snapshot + " " + profile,
                () -> handle.createQuery("SELECT figures FROM published_answers"
                                + " WHERE question = :question AND snapshot = :snapshot AND profile = :profile")
                        .bind("question", question)
                        .bind("snapshot", snapshot)
                        .bind("profile", profile)
                        .mapTo(String.class)
                        .one());
    }

    private void insert(Handle handle, Key key, Answer answer) {
        BlockIdentity identity = key.identity();
        handle.createUpdate(
                        "INSERT INTO published_answers (question, snapshot, profile, relations, conjuncts, figures, payload,"
                                + " published_at) VALUES (:question, :snapshot, :profile, :relations, :conjuncts, :figures,"
                                + " :payload, :at)")
                .bind("question", identity.digest())
                .bind("snapshot", key.snapshot())
                .bind("profile", key.profile())
                .bind("relations", identity.population())
                .bindArray("conjuncts", String.class, identity.conjuncts())
                .bind("figures", answer.figures())
                .bind("payload", answer.payload())
                .bind("at", Rows.at(clock.instant()))
                .execute();
    }
}
