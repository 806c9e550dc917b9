package io.weir.query.session;

import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import io.weir.query.catalog.AnswerMemory;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.catalog.StatementClassifier;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.MessageOutput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A shadow that answers every statement naming {@code pg_catalog} with one row {@code shadow}, with a thousand if it names {@code many}, with an
 * error if it names {@code missing}, and with an error behind 20,000 rows if it names {@code late}.
 */
final class TestCatalog implements CatalogRelay {
    final AnswerMemory answers = new AnswerMemory(100_000, 100_000);
    final List<String> settings = new CopyOnWriteArrayList<>();

    @Override
    public Outcome<StatementClassifier.Kind> classify(Asker asker, String sql) {
        return Outcome.of(
                sql.contains("pg_catalog") ? StatementClassifier.Kind.CATALOGUE : StatementClassifier.Kind.DATA);
    }

    @Override
    public String searchPath(Asker asker) {
        return "hospital, public, weir";
    }

    @Override
    public AnswerMemory answers() {
        return answers;
    }

    @Override
    public CatalogSession open(Asker asker) {
        return new Shadow();
    }

    private final class Shadow implements CatalogSession {
        private int rows = 1;

        @Override
        public Outcome<Reply> exchange(byte[] messages, int offset) {
            MessageOutput out = new MessageOutput(64);
            ByteBuffer in = ByteBuffer.wrap(messages);
            boolean failed = false;
            while (in.hasRemaining() && !failed) {
                char tag = (char) in.get();
                byte[] body = new byte[in.getInt() - 4];
                in.get(body);
                failed = answer(tag, new String(body, java.nio.charset.StandardCharsets.UTF_8), out);
            }
            return Outcome.of(new Reply(out.drain(), failed, null));
        }

        private boolean answer(char tag, String body, MessageOutput out) {
            boolean late = tag == 'Q' && body.contains("late");
            if (late) {
                rows = 20_000;
                description(out);
                rows(out);
            }
            if (late || ((tag == 'P' || tag == 'Q') && body.contains("missing"))) {
                new BackendMessage.ErrorResponse(List.of(
                                new BackendMessage.Field('S', "ERROR"),
                                new BackendMessage.Field('V', "ERROR"),
                                new BackendMessage.Field('C', "42P01"),
                                new BackendMessage.Field('M', "relation does not exist")))
                        .encode(out);
                return true;
            }
            if (tag == 'P' || tag == 'Q') {
                rows = body.contains("many") ? 1_000 : 1;
            }
            switch (tag) {
                case 'P' -> new BackendMessage.ParseComplete().encode(out);
                case 'B' -> new BackendMessage.BindComplete().encode(out);
                case 'C' -> new BackendMessage.CloseComplete().encode(out);
                case 'D' -> {
                    if (body.startsWith("S")) {
                        new BackendMessage.ParameterDescription(List.of()).encode(out);
                    }
                    description(out);
                }
                case 'E' -> row(out);
                case 'Q' -> {
                    description(out);
                    row(out);
                }
                default -> throw new IllegalArgumentException("unexpected message " + tag);
            }
            return false;
        }

        private void description(MessageOutput out) {
            new BackendMessage.RowDescription(List.of(
                            new BackendMessage.RowField("name", 0, 0, 25, -1, -1, io.weir.query.wire.Format.TEXT)))
                    .encode(out);
        }

        private void rows(MessageOutput out) {
            for (int i = 0; i < rows; i++) {
                out.begin('D').int16(1).int32(6).text("shadow").end();
            }
        }

        private void row(MessageOutput out) {
            rows(out);
            new BackendMessage.CommandComplete("SELECT " + rows).encode(out);
        }

        @Override
        public Outcome<String> set(String name, String value) {
            settings.add(name + "=" + value);
            return Outcome.of(value);
        }

        @Override
        public void forget(String statement) {}

        @Override
        public void tell(List<ShownSetting> shown, java.time.Duration limit) {}

        @Override
        public void endTransaction() {}

        @Override
        public boolean holdsState() {
            return false;
        }

        @Override
        public void release() {}

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }
}
