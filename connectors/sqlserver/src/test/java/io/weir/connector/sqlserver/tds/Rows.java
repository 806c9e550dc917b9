package io.weir.connector.sqlserver.tds;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A result as COLMETADATA and ROW tokens ([MS-TDS] 2.2.7.4 and 2.2.7.19). */
final class Rows {
    private static final byte[] COLLATION = {9, 4, (byte) 0xD0, 0, 0x34};
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final int HUNDRED_NANOS = 7;

    private final ResultSet rows;
    private final Tokens out;
    private final int[] types;
    private final int[] scales;

    Rows(ResultSet rows, Tokens out) throws SQLException {
        this.rows = rows;
        this.out = out;
        ResultSetMetaData shape = rows.getMetaData();
        types = new int[shape.getColumnCount()];
        scales = new int[types.length];
        for (int i = 0; i < types.length; i++) {
            // The backend has uuids as binary values with a name of their own.
            types[i] =
                    shape.getColumnTypeName(i + 1).equalsIgnoreCase("UUID") ? Types.OTHER : shape.getColumnType(i + 1);
            scales[i] = Math.max(0, Math.min(shape.getScale(i + 1), 18));
        }
    }

    void shape() throws IOException, SQLException {
        out.int8(0x81).int16(types.length);
        for (int i = 0; i < types.length; i++) {
            out.int32(0).int16(9);
            switch (types[i]) {
                case Types.TINYINT, Types.SMALLINT -> out.int8(0x26).int8(2);
                case Types.INTEGER -> out.int8(0x26).int8(4);
                case Types.BIGINT -> out.int8(0x26).int8(8);
                case Types.REAL -> out.int8(0x6D).int8(4);
                case Types.DOUBLE, Types.FLOAT -> out.int8(0x6D).int8(8);
                case Types.DECIMAL, Types.NUMERIC ->
                    out.int8(0x6C).int8(17).int8(38).int8(scales[i]);
                case Types.BOOLEAN, Types.BIT -> out.int8(0x68).int8(1);
                case Types.DATE -> out.int8(0x28);
                case Types.TIME -> out.int8(0x29).int8(HUNDRED_NANOS);
                case Types.TIMESTAMP -> out.int8(0x2A).int8(HUNDRED_NANOS);
                case Types.TIMESTAMP_WITH_TIMEZONE -> out.int8(0x2B).int8(HUNDRED_NANOS);
                case Types.VARBINARY, Types.BINARY -> out.int8(0xA5).int16(8_000);
                case Types.OTHER -> out.int8(0x24).int8(16);
                default -> out.int8(0xE7).int16(8_000).bytes(COLLATION);
            }
            out.shortText(rows.getMetaData().getColumnLabel(i + 1));
        }
    }

    void row() throws IOException, SQLException {
        out.int8(0xD1);
        for (int i = 0; i < types.length; i++) {
            value(i, rows.getObject(i + 1));
        }
    }

    private void value(int column, @Nullable Object value) throws IOException, SQLException {
        int index = column + 1;
        if (value == null) {
            if (hasLongLength(types[column])) {
                out.int16(0xffff);
            } else {
                out.int8(0);
            }
            return;
        }
        switch (types[column]) {
            case Types.TINYINT, Types.SMALLINT -> out.int8(2).int16(rows.getInt(index));
            case Types.INTEGER -> out.int8(4).int32(rows.getInt(index));
            case Types.BIGINT -> out.int8(8).int64(rows.getLong(index));
            case Types.REAL -> out.int8(4).int32(Float.floatToIntBits(rows.getFloat(index)));
            case Types.DOUBLE, Types.FLOAT -> out.int8(8).int64(Double.doubleToLongBits(rows.getDouble(index)));
            case Types.DECIMAL, Types.NUMERIC -> decimal(rows.getBigDecimal(index), scales[column]);
            case Types.BOOLEAN, Types.BIT -> out.int8(1).int8(rows.getBoolean(index) ? 1 : 0);
            case Types.DATE -> {
                out.int8(3);
                date(rows.getObject(index, LocalDate.class));
            }
            case Types.TIME -> {
                out.int8(5);
                time(rows.getObject(index, LocalTime.class));
            }
            case Types.TIMESTAMP -> {
                out.int8(8);
                LocalDateTime moment = rows.getObject(index, LocalDateTime.class);
                time(moment.toLocalTime());
                date(moment.toLocalDate());
            }
            case Types.TIMESTAMP_WITH_TIMEZONE -> {
                out.int8(10);
                OffsetDateTime moment = rows.getObject(index, OffsetDateTime.class);
                LocalDateTime utc = moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
                time(utc.toLocalTime());
                date(utc.toLocalDate());
                out.int16(moment.getOffset().getTotalSeconds() / 60);
            }
            case Types.VARBINARY, Types.BINARY -> {
                byte[] bytes = rows.getBytes(index);
                out.int16(bytes.length).bytes(bytes);
            }
            case Types.OTHER -> uuid(rows.getObject(index, UUID.class));
            default -> {
                byte[] bytes = rows.getString(index).getBytes(StandardCharsets.UTF_16LE);
                out.int16(bytes.length).bytes(bytes);
            }
        }
    }

    private static boolean hasLongLength(int type) {
        return switch (type) {
            case Types.VARCHAR, Types.NVARCHAR, Types.CHAR, Types.NCHAR, Types.VARBINARY, Types.BINARY -> true;
            default -> false;
        };
    }

    private void decimal(BigDecimal value, int scale) throws IOException {
        byte[] magnitude = value.setScale(scale, RoundingMode.HALF_UP)
                .unscaledValue()
                .abs()
                .toByteArray();
        out.int8(17).int8(value.signum() < 0 ? 0 : 1);
        for (int i = 0; i < 16; i++) {
            out.int8(i < magnitude.length ? magnitude[magnitude.length - 1 - i] : 0);
        }
    }

    private void date(LocalDate value) throws IOException {
        long days = value.toEpochDay() - FIRST.toEpochDay();
        out.int16((int) days).int8((int) (days >> 16));
    }

    private void time(LocalTime value) throws IOException {
        long units = value.toNanoOfDay() / 100;
        out.int32((int) units).int8((int) (units >> 32));
    }

    private void uuid(UUID value) throws IOException {
        long high = value.getMostSignificantBits();
        out.int8(16).int32((int) (high >> 32)).int16((int) (high >> 16)).int16((int) high);
        out.int64(Long.reverseBytes(value.getLeastSignificantBits()));
    }
}
