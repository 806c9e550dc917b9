package io.weir.query.answer;

import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import java.time.Instant;
import java.util.List;

/** The release road as SQL reaches it: {@code CALL weir.request_release(…)} and {@code SELECT … FROM weir.my_releases}. Blocks. */
public interface OwnReleases {
    /** One request of the asker. */
    record Line(String request, String title, String state, Instant requestedAt, String destination) {}

    Outcome<Line> request(Asker asker, String sql, String title, String purposeNote, String destination);

    /** The asker's requests in this project, newest first. */
    Outcome<List<Line>> list(Asker asker);
}
