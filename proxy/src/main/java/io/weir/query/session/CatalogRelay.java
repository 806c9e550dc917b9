package io.weir.query.session;

import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import io.weir.query.catalog.AnswerMemory;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.catalog.StatementClassifier;

/** The shadow catalogue as a session sees it: the governed schema of whoever asks is looked up behind it. Thread-safe. */
public interface CatalogRelay {
    /** Where one statement belongs. Blocks. */
    Outcome<StatementClassifier.Kind> classify(Asker asker, String sql);

    /** The value of {@code search_path} that a session of the asker begins with. */
    String searchPath(Asker asker);

    /** Where answers are counted while they wait for their clients. */
    AnswerMemory answers();

    /** Cheap: nothing is connected before the first exchange. */
    CatalogSession open(Asker asker);
}
