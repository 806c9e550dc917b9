package io.weir.release.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a checker approves, as one digest: SHA-256 over the canonical JSON of who asks for what, for whom and for which reason, and the
 * content address of the frozen answer. The nonce of the frozen answer is a part, too, so that the digest does not tell whether a guess of
 * title or purpose is right. Pure.
 */
public final class CaseDigest {
    private CaseDigest() {}

    /** Lower-case hex, computed from the request as it stands and its frozen content. */
    public static String of(ReleaseRequest request, FrozenContent frozen) {
        Map<String, Object> signed = Map.of(
                "format", "weir-case/1",
                "request", request.id().value(),
                "author", request.author().value(),
                "project", request.project().value(),
                "agreement", request.agreement(),
                "destination", request.destination(),
                "title", request.title(),
                "purpose_note", request.purposeNote(),
                "frozen_sha256", frozen.digest(),
                "nonce", frozen.nonce());
        try {
            byte[] bytes = CanonicalJson.write(signed).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The request under its case digest, for the first and only time. */
    static ReleaseRequest sign(ReleaseRequest request, FrozenContent frozen) {
        return request.withCaseDigest(of(request, frozen));
    }

    /** Whether the request is still the one that was asked, of the content that was frozen under its project and agreement. */
    public static boolean holds(ReleaseRequest request, FrozenContent frozen) {
        return frozen.digest().equals(request.digest())
                && frozen.answer().facts().project().equals(request.project().value())
                && frozen.answer().facts().agreement().equals(request.agreement())
                && of(request, frozen).equals(request.caseDigest());
    }
}
