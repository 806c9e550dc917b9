package io.weir.query.disclose;

import io.weir.query.rewrite.BlockIdentity;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
     * A question that was answered on a population.
     *
     * @param identity what was asked
     * @param anythingShown whether at least one cell was shown
     */
    record Published(BlockIdentity identity, boolean anythingShown) {}

    /**
     * @param payload serialised protected table
     * @param anythingShown whether at least one cell is shown
     */
    record Answer(String payload, boolean anythingShown) {}

    Optional<Answer> find(Key key);

    /**
     * Records a first answer. Under an exclusive lock on the population: re-reads the key (another may have answered meanwhile: then that
     * answer is returned and {@code compute} is not called), reads what was published on the population and the same data, computes, stores.
     */
    Answer publish(Key key, Function<List<Published>, Answer> compute);
}
