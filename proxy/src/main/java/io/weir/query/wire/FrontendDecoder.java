package io.weir.query.wire;

import io.weir.query.wire.FrontendMessage.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Understands exactly one frame as exactly one message. Pure. Before a client is authenticated whatever cannot be read is a {@link
 * ProtocolViolationException}; afterwards it is an {@link UnreadableMessageException}, where PostgreSQL goes on, too.
 */
public final class FrontendDecoder {
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CANCEL_REQUEST = 80877102;
    private static final int MAX_CANCEL_KEY = 256;

    private FrontendDecoder() {}

    /** A frame without tag: a request for encryption, a cancel request or the start-up message. */
    public static FrontendMessage decodeStartup(Frame frame) {
        return early(() -> startup(new MessageInput(frame.body())));
    }

    private static FrontendMessage startup(MessageInput in) {
        int code = in.int32();
        FrontendMessage message = switch (code) {
            case SSL_REQUEST -> new FrontendMessage.SslRequest();
            case GSS_REQUEST -> new FrontendMessage.GssEncRequest();
            case CANCEL_REQUEST -> cancelRequest(in);
            default -> new FrontendMessage.Startup(code >>> 16, code & 0xffff, startupParameters(in));
        };
        in.nothingLeft();
        return message;
    }

    /** The first answer to AuthenticationSASL. */
    public static FrontendMessage.SaslInitialResponse decodeSaslInitial(Frame frame) {
        MessageInput in = sasl(frame);
        return early(() -> {
            var message = new FrontendMessage.SaslInitialResponse(in.string(), in.nullableBytes());
            in.nothingLeft();
            return message;
        });
    }

    /** A later answer in a SASL exchange. */
    public static FrontendMessage.SaslResponse decodeSasl(Frame frame) {
        return new FrontendMessage.SaslResponse(sasl(frame).rest());
    }

    /** A frame of an authenticated client. A password message is as unexpected here as an unknown tag. */
    public static FrontendMessage decode(Frame frame) {
        MessageInput in = new MessageInput(frame.body());
        FrontendMessage message = switch (frame.tag()) {
            case 'Q' -> new FrontendMessage.Query(in.string());
            case 'P' -> new FrontendMessage.Parse(in.string(), in.string(), oids(in));
            case 'B' -> new FrontendMessage.Bind(in.string(), in.string(), formats(in), values(in), formats(in));
            case 'D' -> new FrontendMessage.Describe(target(in), in.string());
            case 'E' -> new FrontendMessage.Execute(in.string(), in.int32());
            case 'C' -> new FrontendMessage.Close(target(in), in.string());
            case 'H' -> new FrontendMessage.Flush();
            case 'S' -> new FrontendMessage.Sync();
            // PostgreSQL does not look into these.
            case 'X' -> unread(in, new FrontendMessage.Terminate());
            case 'c' -> unread(in, new FrontendMessage.CopyDone());
            case 'd' -> unread(in, new FrontendMessage.CopyData());
            case 'f' -> unread(in, new FrontendMessage.CopyFail());
            case 'F' -> unread(in, new FrontendMessage.FunctionCall());
            default -> unread(in, new FrontendMessage.Unsupported(frame.tag()));
        };
        in.nothingLeft();
        return message;
    }

    /** Nobody is known yet who could be told: the connection ends. */
    private static <T> T early(Supplier<T> read) {
        try {
            return read.get();
        } catch (UnreadableMessageException unreadable) {
            throw new ProtocolViolationException(String.valueOf(unreadable.getMessage()));
        }
    }

    private static FrontendMessage unread(MessageInput in, FrontendMessage message) {
        in.rest();
        return message;
    }

    private static FrontendMessage cancelRequest(MessageInput in) {
        int process = in.int32();
        byte[] key = in.rest();
        if (key.length < 4 || key.length > MAX_CANCEL_KEY) {
            throw new ProtocolViolationException("invalid cancel key length");
        }
        return new FrontendMessage.CancelRequest(process, key);
    }

    private static Map<String, String> startupParameters(MessageInput in) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name = in.string(); !name.isEmpty(); name = in.string()) {
            if (parameters.put(name, in.string()) != null) {
                throw new ProtocolViolationException("start-up parameter given twice");
            }
        }
        return parameters;
    }

    private static MessageInput sasl(Frame frame) {
        if (frame.tag() != 'p') {
            throw new ProtocolViolationException("expected a SASL response");
        }
        return new MessageInput(frame.body());
    }

    private static List<Integer> oids(MessageInput in) {
        int count = in.count16(4);
        List<Integer> oids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            oids.add(in.int32());
        }
        return oids;
    }

    private static List<Format> formats(MessageInput in) {
        int count = in.count16(2);
        List<Format> formats = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            formats.add(Format.ofCode(in.int16()));
        }
        return formats;
    }

    private static List<byte @Nullable []> values(MessageInput in) {
        int count = in.count16(4);
        List<byte @Nullable []> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(in.nullableBytes());
        }
        return values;
    }

    private static Target target(MessageInput in) {
        return switch (in.int8()) {
            case 'S' -> Target.STATEMENT;
            case 'P' -> Target.PORTAL;
            default -> throw new InvalidMessageException("invalid DESCRIBE or CLOSE message subtype");
        };
    }
}
