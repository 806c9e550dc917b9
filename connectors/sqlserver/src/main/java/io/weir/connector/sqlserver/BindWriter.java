package io.weir.connector.sqlserver;

import com.microsoft.sqlserver.jdbc.SQLServerPreparedStatement;
import io.weir.connector.source.Bind;
import io.weir.connector.source.SourceException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import microsoft.sql.DateTimeOffset;

/** Binds values in SQL Server's types; the text casts each once more. Types are named as PostgreSQL names them. */
final class BindWriter {
    private static final int FRACTION = 6;

    private static final Map<String, Integer> TYPES = Map.ofEntries(
            Map.entry("bool", Types.BIT),
            Map.entry("int2", Types.SMALLINT),
            Map.entry("int4", Types.INTEGER),
            Map.entry("int8", Types.BIGINT),
            Map.entry("float4", Types.REAL),
            Map.entry("float8", Types.DOUBLE),
            Map.entry("numeric", Types.DECIMAL),
            Map.entry("text", Types.NVARCHAR),
            Map.entry("varchar", Types.NVARCHAR),
            Map.entry("bpchar", Types.NVARCHAR),
            Map.entry("date", Types.DATE),
            Map.entry("time", Types.TIME),
            Map.entry("timestamp", Types.TIMESTAMP),
            Map.entry("timestamptz", microsoft.sql.Types.DATETIMEOFFSET),
            Map.entry("uuid", microsoft.sql.Types.GUID));

    private BindWriter() {}

    /**
     * Sets one bind.
     *
     * @param index 1-based
     * @throws SourceException when the type is not known or the value is not of its class
     */
    static void write(SQLServerPreparedStatement statement, int index, Bind bind) throws SQLException, SourceException {
        String type = bind.type();
        Integer jdbc = TYPES.get(type);
        if (jdbc == null) {
            throw mismatch(index, type);
        }
        Object value = bind.value();
        if (value == null) {
            statement.setNull(index, jdbc);
            return;
        }
        switch (value) {
            case Boolean v when type.equals("bool") -> statement.setBoolean(index, v);
            case Integer v when type.equals("int4") -> statement.setInt(index, v);
            case Integer v when type.equals("int2") && v.shortValue() == v -> statement.setShort(index, v.shortValue());
            case Integer v when type.equals("int8") -> statement.setLong(index, v);
            case Long v when type.equals("int8") -> statement.setLong(index, v);
            case Float v when type.equals("float4") -> statement.setFloat(index, v);
            case Double v when type.equals("float8") -> statement.setDouble(index, v);
            case BigDecimal v when type.equals("numeric") -> decimal(statement, index, v);
            case String v when jdbc == Types.NVARCHAR -> statement.setNString(index, v);
            case LocalDate v when type.equals("date") -> statement.setObject(index, v, Types.DATE);
            case LocalTime v when type.equals("time") -> statement.setObject(index, v, Types.TIME, FRACTION);
            case LocalDateTime v
            when type.equals("timestamp") -> statement.setObject(index, v, Types.TIMESTAMP, FRACTION);
            case Instant v
            when type.equals("timestamptz") ->
                statement.setDateTimeOffset(index, DateTimeOffset.valueOf(v.atOffset(ZoneOffset.UTC)), FRACTION);
            case UUID v when type.equals("uuid") -> statement.setUniqueIdentifier(index, v.toString());
            default -> throw mismatch(index, type);
        }
    }

    private static void decimal(SQLServerPreparedStatement statement, int index, BigDecimal value) throws SQLException {
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        statement.setBigDecimal(index, plain, Math.max(plain.precision(), plain.scale()), plain.scale());
    }

    private static SourceException mismatch(int index, String type) {
        return new SourceException(
                SourceException.Kind.FAILED, "bind " + index + " is not a value of a known type: " + type);
    }
}
