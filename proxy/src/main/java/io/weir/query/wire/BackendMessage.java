package io.weir.query.wire;

import java.util.List;

/**
 * What the server says, one record a message (PostgreSQL 16 documentation, section 55.7). Layouts name the body, after tag and length.
 * DataRow and CopyData have no record: rows are written straight into a {@link MessageOutput}, see {@code respond.RowEncoder} and
 * {@link io.weir.query.wire.copy.CopyLayout}.
 */
public sealed interface BackendMessage {
    /** Appends the whole message. */
    void encode(MessageOutput out);

    /** {@code 'R': int32 0} */
    record AuthenticationOk() implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('R').int32(0).end();
        }
    }

    /** {@code 'R': int32 10 | (string mechanism)* | int8 0} */
    record AuthenticationSasl(List<String> mechanisms) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('R').int32(10);
            mechanisms.forEach(out::string);
            out.int8(0).end();
        }
    }

    /** {@code 'R': int32 11 | bytes} */
    record AuthenticationSaslContinue(String data) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('R').int32(11).text(data).end();
        }
    }

    /** {@code 'R': int32 12 | bytes} */
    record AuthenticationSaslFinal(String data) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('R').int32(12).text(data).end();
        }
    }

    /** {@code 'v': int32 newest version | int32 n | (string unknown option) × n}; PostgreSQL since 9.3 sends the whole version. */
    record NegotiateProtocolVersion(int major, int minor, List<String> unknownOptions) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('v').int32(major << 16 | minor).int32(unknownOptions.size());
            unknownOptions.forEach(out::string);
            out.end();
        }
    }

    /** {@code 'S': string name | string value} */
    record ParameterStatus(String name, String value) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('S').string(name).string(value).end();
        }
    }

    /** {@code 'K': int32 process | bytes key}; 4 bytes of key in protocol 3.0 */
    record BackendKeyData(int process, byte[] key) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('K').int32(process).bytes(key).end();
        }
    }

    /** {@code 'Z': int8 'I' idle, 'T' in a transaction, 'E' in a failed one} */
    record ReadyForQuery(char status) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('Z').int8(status).end();
        }
    }

    /** One field of an error or notice: {@code int8 code | string value}. */
    record Field(char code, String value) {}

    /** {@code 'E': field* | int8 0} */
    record ErrorResponse(List<Field> fields) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('E');
            fields.forEach(field -> out.int8(field.code()).string(field.value()));
            out.int8(0).end();
        }
    }

    /** {@code 'N': field* | int8 0} */
    record NoticeResponse(List<Field> fields) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('N');
            fields.forEach(field -> out.int8(field.code()).string(field.value()));
            out.int8(0).end();
        }
    }

    /** {@code '1'}, empty */
    record ParseComplete() implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('1').end();
        }
    }

    /** {@code '2'}, empty */
    record BindComplete() implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('2').end();
        }
    }

    /** {@code '3'}, empty */
    record CloseComplete() implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('3').end();
        }
    }

    /** {@code 'n'}, empty */
    record NoData() implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('n').end();
        }
    }

    /** {@code 't': int16 n | int32 typeOid × n} */
    record ParameterDescription(List<Integer> typeOids) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('t').int16(typeOids.size());
            typeOids.forEach(out::int32);
            out.end();
        }
    }

    /**
     * {@code string name | int32 tableOid | int16 attribute | int32 typeOid | int16 typeLength | int32 typmod | int16 format}
     *
     * @param typeLength bytes, −1 when variable
     */
    record RowField(String name, int tableOid, int attribute, int typeOid, int typeLength, int typmod, Format format) {}

    /** {@code 'T': int16 n | RowField × n} */
    record RowDescription(List<RowField> fields) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('T').int16(fields.size());
            for (RowField field : fields) {
                out.string(field.name())
                        .int32(field.tableOid())
                        .int16(field.attribute())
                        .int32(field.typeOid())
                        .int16(field.typeLength())
                        .int32(field.typmod())
                        .int16(field.format().code());
            }
            out.end();
        }
    }

    /** {@code 'C': string tag} */
    record CommandComplete(String tag) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('C').string(tag).end();
        }
    }

    /** {@code 'I'}, empty */
    record EmptyQueryResponse() implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('I').end();
        }
    }

    /** {@code 's'}, empty */
    record PortalSuspended() implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('s').end();
        }
    }

    /** {@code 'H': int8 format | int16 n | int16 format × n}; all columns have the same format */
    record CopyOutResponse(Format format, int columns) implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('H').int8(format.code()).int16(columns);
            for (int i = 0; i < columns; i++) {
                out.int16(format.code());
            }
            out.end();
        }
    }

    /** {@code 'c'}, empty */
    record CopyDone() implements BackendMessage {
        @Override
        public void encode(MessageOutput out) {
            out.begin('c').end();
        }
    }
}
