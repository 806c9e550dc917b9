package io.weir.release.deliver;

import io.weir.connector.destination.Parcel;
import io.weir.release.bundle.SealRecord;
import io.weir.release.bundle.SealedBundle;
import io.weir.release.request.CanonicalJson;
import io.weir.release.request.ReleaseRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Makes the parcel of a bundle. Depends on the seal alone, so that every attempt puts the same bytes under the same names. */
final class Parcels {
    private Parcels() {}

    static Parcel of(SealedBundle bundle) {
        ReleaseRequest request = bundle.request();
        SealRecord seal = bundle.record();
        String name = seal.cipherSha256() + ".zip.age";
        Map<String, Object> marker = Map.of(
                "format", "weir-committed/1",
                "request", request.id().value(),
                "project", request.project().value(),
                "destination", seal.destination(),
                "recipient", seal.recipient(),
                "sealed_at", seal.sealedAt().toString(),
                "frozen_sha256", request.digest(),
                "case_sha256", request.caseDigest(),
                "bundle_sha256", seal.plainSha256(),
                "items", List.of(Map.of("name", name, "size", seal.cipherSize(), "sha256", seal.cipherSha256())));
        return new Parcel(
                request.project() + "." + request.id(),
                List.of(new Parcel.Item(name, bundle.file(), seal.cipherSize(), seal.cipherSha256())),
                request.id() + ".committed.json",
                (CanonicalJson.write(marker) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
