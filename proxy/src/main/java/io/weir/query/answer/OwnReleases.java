package io.weir.query.answer;

import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The release road as SQL reaches it: {@code CALL weir.request_release(…)} and {@code SELECT … FROM weir.my_releases}. Blocks. */
public interface OwnReleases {
    /**
     * One request of the asker.
     *
     * @param reason why it was returned, rejected or failed, in public words; null otherwise
     */
    record Line(
            String request,
            String title,
            String state,
            Instant requestedAt,
            String destination,
            @Nullable String reason) {}

    Outcome<Line> request(Asker asker, String sql, String title, String purposeNote, String destination);

    /** The asker's requests in this project, newest first. */
    Outcome<List<Line>> list(Asker asker);
}
