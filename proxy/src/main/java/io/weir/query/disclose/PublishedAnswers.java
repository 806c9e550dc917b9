package io.weir.query.disclose;

import io.weir.query.rewrite.BlockIdentity;
import java.util.List;
import java.util.Optional;
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
     * What was shown before, of the same data.
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
     * Records a first answer. Under an exclusive lock on the data: re-reads the key (another may have answered meanwhile: then that
     * answer is returned and {@code compute} is not called), reads what was published of the same data, computes, stores.
     */
    Answer publish(Key key, Function<List<Published>, Answer> compute);
}
