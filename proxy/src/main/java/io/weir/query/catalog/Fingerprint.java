package io.weir.query.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over tables in a form in which no two different contents read the same: every text and every list says its length first. */
final class Fingerprint {
    private final MessageDigest digest;

    private Fingerprint() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String of(List<GovernedSchema.Table> tables) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.number(tables.size());
        tables.forEach(fingerprint::table);
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private void table(GovernedSchema.Table table) {
        text(table.name().schema());
        text(table.name().name());
        text(table.comment());
        number(table.columns().size());
        for (GovernedSchema.Column column : table.columns()) {
            text(column.name());
            number(column.type().type().oid());
            number(column.type().typmod());
            number(column.nullable() ? 1 : 0);
            text(column.comment());
        }
        texts(table.primaryKey());
        number(table.foreignKeys().size());
        for (GovernedSchema.ForeignKey key : table.foreignKeys()) {
            texts(key.columns());
            text(key.target().schema());
            text(key.target().name());
            texts(key.targetColumns());
        }
    }

    private void texts(List<String> texts) {
        number(texts.size());
        texts.forEach(this::text);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
    }

    private void number(int number) {
        digest.update(ByteBuffer.allocate(4).putInt(number).array());
    }
}
