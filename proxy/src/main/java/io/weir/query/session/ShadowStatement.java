package io.weir.query.session;

import io.weir.query.catalog.CatalogSession;
import io.weir.query.wire.Format;
import io.weir.query.wire.FrontendMessage;
import io.weir.query.wire.MessageOutput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with the shadow over a statement and portal of ours, under a name that no client can want; a client's own unnamed ones stay as
 * they are. The steps are collected and sent at once by {@link #ask}. The client does not see the answers.
 */
final class ShadowStatement {
    private final OpenSession session;
    private final String name;
    private final MessageOutput out = new MessageOutput(256);

    ShadowStatement(OpenSession session, String name) {
        this.session = session;
        this.name = name;
    }

    /** @param types parameter types as the client gave them */
    ShadowStatement prepare(String sql, List<Integer> types) {
        out.begin('P').string(name).string(sql).int16(types.size());
        types.forEach(out::int32);
        out.end();
        return this;
    }

    /** @param bind where the parameters are, null when there are none */
    ShadowStatement bind(FrontendMessage.@Nullable Bind bind, List<Format> formats) {
        List<Format> parameterFormats = bind == null ? List.of() : bind.parameterFormats();
        List<byte @Nullable []> values = bind == null ? List.of() : bind.parameters();
        out.begin('B').string(name).string(name).int16(parameterFormats.size());
        parameterFormats.forEach(format -> out.int16(format.code()));
        out.int16(values.size());
        for (byte @Nullable [] value : values) {
            if (value == null) {
                out.int32(-1);
            } else {
                out.int32(value.length).bytes(value);
            }
        }
        out.int16(formats.size());
        formats.forEach(format -> out.int16(format.code()));
        out.end();
        return this;
    }

    ShadowStatement describeStatement() {
        out.begin('D').int8('S').string(name).end();
        return this;
    }

    ShadowStatement describePortal() {
        out.begin('D').int8('P').string(name).end();
        return this;
    }

    ShadowStatement execute() {
        out.begin('E').string(name).int32(0).end();
        return this;
    }

    /** Closes both, and sends everything. An error is among the answers. The reply is to be closed. */
    CatalogSession.Reply ask() {
        out.begin('C').int8('P').string(name).end();
        out.begin('C').int8('S').string(name).end();
        return session.catalogue().ask(out.drain(), session.settings());
    }

    /** After a failure, which kept it from being closed. */
    void forget() {
        session.catalogue().forgetStatement(name);
    }

    /** Whole messages, one after the other. */
    static void each(CatalogSession.Reply reply, Consumer<byte[]> receiver) {
        ByteBuffer buffer = ByteBuffer.wrap(reply.messages());
        while (buffer.hasRemaining()) {
            byte[] message = new byte[1 + buffer.getInt(buffer.position() + 1)];
            buffer.get(message);
            receiver.accept(message);
        }
    }
}
