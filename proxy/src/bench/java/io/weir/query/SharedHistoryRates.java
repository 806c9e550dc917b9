package io.weir.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * What a history costs analysts who ask honestly: of the numbers of the honest corpora, how many are shown when each statement is asked for itself, and how many when
 * all are asked one after the other and compared with each other. No statement is refused or hidden for anybody's harm here: what is lost is the price of the promise.
 */
final class SharedHistoryRates {
    private SharedHistoryRates() {}

    public static void main(String[] args) throws IOException, SQLException {
        HonestRoad road = HonestRoad.under("with-history", directory -> {
            for (Path profile : PolicyEdits.files(directory.resolve("profiles"))) {
                Files.writeString(profile, Files.readString(profile).replace("history: false", "history: true"));
            }
        });
        System.out.println("| corpus | answers | values alone | values together | hidden by the others | s alone | s together |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (HonestSqlIT.Corpus corpus : HonestSqlIT.Corpus.values()) {
            List<HonestStatements> statements = HonestStatements.of(corpus.path());
            DemoRoad.Session together = road.analyst(corpus.project);
            long[] shown = new long[2];
            long[] nanos = new long[2];
            int answers = 0;
            for (HonestStatements statement : statements) {
                long before = System.nanoTime();
                DemoRoad.Result alone = ask(road.analyst(corpus.project), statement);
                long between = System.nanoTime();
                DemoRoad.Result other = ask(together, statement);
                nanos[0] += between - before;
                nanos[1] += System.nanoTime() - between;
                answers += alone.problem() == null ? 1 : 0;
                shown[0] += values(alone);
                shown[1] += values(other);
                if (args.length > 0 && values(other) < values(alone)) {
                    System.out.println("  " + statement.name() + ": " + values(alone) + " -> " + values(other));
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %.1f %% | %.1f | %.1f |%n",
                    corpus.file(),
                    answers,
                    shown[0],
                    shown[1],
                    100.0 * (shown[0] - shown[1]) / shown[0],
                    nanos[0] / 1e9,
                    nanos[1] / 1e9);
        }
        System.exit(0); // servers of tests
    }

    private static DemoRoad.Result ask(DemoRoad.Session session, HonestStatements statement) {
        return session.run(statement.sql(), statement.parameters().toArray());
    }

    private static long values(DemoRoad.Result result) {
        return result.rows().stream().flatMap(List::stream).filter(v -> v != null).count();
    }
}
