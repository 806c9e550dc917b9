package io.weir;

import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import io.weir.query.answer.OwnReleases;
import io.weir.release.request.RequestDesk;
import io.weir.release.request.RequestSummary;
import java.time.Instant;
import java.util.List;

/** The release road for SQL. */
record SqlReleases(RequestDesk desk) implements OwnReleases {
    @Override
    public Outcome<Line> request(Asker asker, String sql, String title, String purposeNote, String destination) {
        return desk.request(asker, sql, title, purposeNote, destination).then(view -> Outcome.of(line(view.summary())));
    }

    @Override
    public Outcome<List<Line>> list(Asker asker) {
        return desk.list(asker)
                .then(lines -> Outcome.of(lines.stream().map(SqlReleases::line).toList()));
    }

    private static Line line(RequestSummary l) {
        return new Line(l.id(), l.title(), l.state(), Instant.parse(l.createdAt()), l.destination(), l.reason());
    }
}
