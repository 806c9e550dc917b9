package io.weir.connector.minio;

import java.util.ArrayList;
import java.util.List;

/**
 * What a store was seen to do.
 *
 * @param conditionalPut a second put under If-None-Match: * was refused; without it we look before we put, which another writer could race
 * @param sha256Checksum the store gave the SHA-256 back; without it every object is read back whole
 */
public record StoreCapabilities(boolean conditionalPut, boolean sha256Checksum) {
    /** What is missing, in words for an operator. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!conditionalPut) {
            missing.add("conditional put (If-None-Match: *)");
        }
        if (!sha256Checksum) {
            missing.add("SHA-256 checksums (x-amz-checksum-sha256)");
        }
        return List.copyOf(missing);
    }
}
