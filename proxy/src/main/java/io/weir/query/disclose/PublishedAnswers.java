package io.weir.query.disclose;

import io.weir.query.rewrite.BlockIdentity;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers that were shown or released, by everybody, on the same data. Implementations are durable and shared by all proxies; calls block
 * and fail with a STORE_UNAVAILABLE problem.
 */
public interface PublishedAnswers {
    /**
     * Which question, on which data, under which rules.
     *
     * @param identity canonical question
     * @param snapshot identity of the data
     * @param profile name and parameters of the profile
     */
    record Key(BlockIdentity identity, String snapshot, String profile) {}

    /**
     * What a question is asked of.
     *
     * @param snapshot identity of its data
     * @param compared identities of all data whose figures tell of the same people, this one too: a new figure is judged beside theirs
     */
    record Data(String snapshot, SortedSet<String> compared) {
        public Data {
            SortedSet<String> all = new TreeSet<>(compared);
            all.add(snapshot);
            compared = Collections.unmodifiableSortedSet(all);
        }
    }

    /**
     * What was shown before, of data that are compared.
     *
     * @param question question, data and rules: another answer has another one
     * @param figures gives what it shows, as in the answer; to be asked inside {@code compute} alone
     */
    record Published(String question, Supplier<String> figures) {}

    /**
     * @param payload serialised protected table
     * @param figures serialised figures that it shows, empty when it shows none
     */
    record Answer(String payload, String figures) {}

    Optional<Answer> find(Key key);

    /**
     * Records a first answer. Under an exclusive lock on all data that are compared: re-reads the key (another may have answered meanwhile:
     * then that answer is returned and {@code compute} is not called), reads what was published of them, computes, stores.
     *
     * @param compared see {@link Data}, with the key's own
     */
    Answer publish(Key key, SortedSet<String> compared, Function<List<Published>, Answer> compute);
}
