package io.weir.release.bundle;

import io.weir.release.request.CanonicalJson;
import io.weir.release.review.ApprovedRelease;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The plaintext of a bundle: a deterministic zip with one folder named by the request. Pure; the same release is the same bytes. */
final class BundleContent {
    private BundleContent() {}

    static byte[] write(ApprovedRelease release, String toolVersion) {
        TreeMap<String, byte[]> files = new TreeMap<>();
        files.put("result.csv", CsvFile.write(release.frozen().answer()));
        files.put("sdc-record.json", SdcRecordFile.write(release, toolVersion));
        files.putAll(AcroFiles.write(release));
        files.put("README.txt", ReadmeFile.write(release));
        files.put("manifest.json", manifest(release, files));
        TreeMap<String, byte[]> inFolder = new TreeMap<>();
        files.forEach((name, bytes) -> inFolder.put(release.request().id() + "/" + name, bytes));
        return DeterministicZip.write(inFolder);
    }

    private static byte[] manifest(ApprovedRelease release, Map<String, byte[]> files) {
        List<Map<String, Object>> list = new ArrayList<>();
        files.forEach((name, bytes) ->
                list.add(Map.of("name", name, "size", (long) bytes.length, "sha256", Digests.sha256(bytes))));
        Map<String, Object> root = Map.of(
                "format", "weir-manifest/1",
                "request", release.request().id().value(),
                "project", release.request().project().value(),
                "agreement", release.request().agreement(),
                "destination", release.request().destination(),
                "frozen_sha256", release.frozen().digest(),
                "case_sha256", release.request().caseDigest(),
                // The digest of the bundle is in clear beside it: without this, guesses of a small table could be
                // tested.
                "salt", release.frozen().secretFor("weir-bundle/1"),
                "files", list);
        return (CanonicalJson.write(root) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
