package io.weir.query.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A message of the server as one line of a transcript. What is random, or secret, is named instead of shown. */
final class BackendLine {
    private final char tag;
    private final ByteBuffer body;

    private BackendLine(WireClient.Message message) {
        this.tag = message.tag();
        this.body = ByteBuffer.wrap(message.body());
    }

    static String of(WireClient.Message message) {
        BackendLine line = new BackendLine(message);
        String text = line.text();
        if (line.body.hasRemaining()) {
            throw new IllegalArgumentException("bytes left over behind " + text);
        }
        return text;
    }

    private String text() {
        return switch (tag) {
            case 'R' -> authentication();
            case 'S' -> "ParameterStatus " + string() + "=" + quoted(string());
            case 'K' -> keyData();
            case 'Z' -> "ReadyForQuery " + (char) body.get();
            case 'v' -> negotiation();
            case '1' -> "ParseComplete";
            case '2' -> "BindComplete";
            case '3' -> "CloseComplete";
            case 'n' -> "NoData";
            case 's' -> "PortalSuspended";
            case 'I' -> "EmptyQueryResponse";
            case 't' -> "ParameterDescription " + oids();
            case 'T' -> "RowDescription " + columns();
            case 'D' -> "DataRow " + values();
            case 'C' -> "CommandComplete " + quoted(string());
            case 'E' -> "ErrorResponse " + notices();
            case 'N' -> "NoticeResponse " + notices();
            case 'H' -> "CopyOutResponse " + copy();
            case 'd' -> "CopyData " + shown(rest());
            case 'c' -> "CopyDone";
            default -> throw new IllegalArgumentException("unknown message " + tag);
        };
    }

    private String authentication() {
        int code = body.getInt();
        return switch (code) {
            case 0 -> "AuthenticationOk";
            case 10 -> {
                List<String> mechanisms = new ArrayList<>();
                for (String next = string(); !next.isEmpty(); next = string()) {
                    mechanisms.add(next);
                }
                yield "AuthenticationSASL " + mechanisms;
            }
            case 11 -> "AuthenticationSASLContinue " + random("r=<nonce>,s=<salt>,i=4096", "r=[^,]+,s=[^,]+,i=4096");
            case 12 -> "AuthenticationSASLFinal " + random("v=<signature>", "v=[^,]+");
            default -> throw new IllegalArgumentException("authentication " + code);
        };
    }

    private String random(String shown, String form) {
        String text = new String(rest(), StandardCharsets.UTF_8);
        return text.matches(form) ? shown : text;
    }

    private String keyData() {
        body.getInt();
        return "BackendKeyData process=<number> key=<" + rest().length + " bytes>";
    }

    private String negotiation() {
        int version = body.getInt();
        List<String> unknown = new ArrayList<>();
        for (int left = body.getInt(); left > 0; left--) {
            unknown.add(string());
        }
        return "NegotiateProtocolVersion newest="
                + (version >>> 16 == 0 ? "minor " + version : (version >>> 16) + "." + (version & 0xffff)) + " unknown="
                + unknown;
    }

    private String oids() {
        List<Integer> oids = new ArrayList<>();
        for (int left = body.getShort(); left > 0; left--) {
            oids.add(body.getInt());
        }
        return oids.toString();
    }

    private String columns() {
        List<String> columns = new ArrayList<>();
        for (int left = body.getShort(); left > 0; left--) {
            String name = quoted(string());
            int table = body.getInt();
            int attribute = body.getShort();
            columns.add(name + " type=" + body.getInt() + " size=" + body.getShort() + " modifier=" + body.getInt()
                    + (body.getShort() == 0 ? " text" : " binary")
                    + (table == 0 ? "" : " table=" + table + "." + attribute));
        }
        return columns.toString();
    }

    private String values() {
        List<String> values = new ArrayList<>();
        for (int left = body.getShort(); left > 0; left--) {
            int length = body.getInt();
            byte[] value = new byte[Math.max(0, length)];
            body.get(value);
            values.add(length < 0 ? "null" : shown(value));
        }
        return values.toString();
    }

    private String notices() {
        StringBuilder fields = new StringBuilder();
        for (byte code = body.get(); code != 0; code = body.get()) {
            String text = string().replaceAll("[0-9a-f]{16}-\\d+", "<reference>");
            // The first is in the language of the client, the second never: here they are the same.
            if (code != 'V') {
                fields.append(fields.isEmpty() ? "" : " ")
                        .append((char) code)
                        .append('=')
                        .append(quoted(text));
            }
        }
        return fields.toString();
    }

    private String copy() {
        int format = body.get();
        int columns = body.getShort();
        body.position(body.limit());
        return (format == 0 ? "text" : "binary") + " columns=" + columns;
    }

    private String string() {
        int start = body.position();
        while (body.get() != 0) {
            // looks for the end only
        }
        return new String(body.array(), start, body.position() - start - 1, StandardCharsets.UTF_8);
    }

    private byte[] rest() {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }

    private static String shown(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        boolean printable = text.chars().noneMatch(c -> c == 0xfffd || (c < 0x20 && c != '\n' && c != '\t'));
        return printable ? quoted(text) : "\\x" + HexFormat.of().formatHex(value);
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + '"';
    }
}
