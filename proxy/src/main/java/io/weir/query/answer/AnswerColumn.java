package io.weir.query.answer;

import io.weir.query.type.ColumnType;

/**
 * One column of an answer, as RowDescription shows it.
 *
 * @param label the name PostgreSQL would give
 * @param type type and modifier
 * @param tableOid OID of the catalogue table it comes from, or 0
 * @param attribute attribute number in that table, or 0
 */
public record AnswerColumn(String label, ColumnType type, int tableOid, int attribute) {
    public AnswerColumn(String label, ColumnType type) {
        this(label, type, 0, 0);
    }
}
