package io.weir.connector.source;

/** In which of PostgreSQL's forms a source's values travel, where the connector has the choice. A wish: what came is in {@link ColumnForm}. */
public enum Transfer {
    /** As the driver thinks best. */
    ANY,
    TEXT,
    BINARY
}
