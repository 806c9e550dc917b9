package io.weir;

import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import io.weir.query.answer.OwnReleases;
import io.weir.release.request.RequestDesk;
import java.time.Instant;
import java.util.List;

/** The release road for SQL. */
record SqlReleases(RequestDesk desk) implements OwnReleases {
    @Override
    public Outcome<Line> request(Asker asker, String sql, String title, String purposeNote, String destination) {
        return desk.request(asker, sql, title, purposeNote, destination)
                .then(view -> desk.list(asker)
                        .then(lines -> Outcome.of(lines.stream()
                                .filter(l -> l.id().equals(view.summary().id()))
                                .map(l -> new Line(
                                        l.id(), l.title(), l.state(), Instant.parse(l.createdAt()), l.destination()))
                                .findFirst()
                                .orElseThrow())));
    }

    @Override
    public Outcome<List<Line>> list(Asker asker) {
        return desk.list(asker)
                .then(lines -> Outcome.of(lines.stream()
                        .map(l -> new Line(l.id(), l.title(), l.state(), Instant.parse(l.createdAt()), l.destination()))
                        .toList()));
    }
}
