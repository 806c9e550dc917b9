package io.weir.audit.log;

import io.weir.audit.format.Disclosure;
import io.weir.audit.format.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the sensitive texts beside a log, for whoever holds the key-encryption key. Months without a data key are erased. */
public final class DisclosureReader {
    private DisclosureReader() {}

    /**
     * Reads all texts that are still there, by the sequence number of their record. A line that a torn write left is passed over; compare
     * with the digests in the leaves.
     *
     * @throws IOException when a data key does not open with this key
     */
    public static Map<Long, List<Disclosure>> read(Path log, KeyEncryptionKey kek) throws IOException {
        LogDirectory directory = new LogDirectory(log);
        Map<Long, List<Disclosure>> texts = new TreeMap<>();
        try (DirectoryStream<Path> months = Files.newDirectoryStream(directory.disclosures())) {
            for (Path month : months) {
                String name = String.valueOf(month.getFileName());
                Path wrapped = directory.wrappedKey(name);
                if (Files.exists(wrapped)) {
                    KeyEncryptionKey dataKey = DisclosureVault.unwrap(kek, wrapped, name);
                    for (String line : Files.readAllLines(directory.texts(name), StandardCharsets.ISO_8859_1)) {
                        read(line, name, dataKey, texts);
                    }
                }
            }
        }
        return texts;
    }

    private static void read(String line, String month, KeyEncryptionKey dataKey, Map<Long, List<Disclosure>> texts) {
        int tab = line.indexOf('\t');
        if (tab < 1 || tab > 18) {
            return;
        }
        try {
            long sequence = Long.parseLong(line.substring(0, tab));
            byte[] sealed = Base64.getUrlDecoder().decode(line.substring(tab + 1));
            byte[] plain = dataKey.open(sealed, DisclosureVault.context(month, sequence));
            List<Disclosure> disclosures = new ArrayList<>();
            for (String part : new String(plain, StandardCharsets.US_ASCII).split("~")) {
                KeptText.read(part, texts).ifPresent(disclosures::add);
            }
            texts.put(sequence, disclosures);
        } catch (IllegalArgumentException | GeneralSecurityException | FormatException e) {
            // A torn or damaged line holds no text any more; its digest in the leaf stays.
            return;
        }
    }
}
