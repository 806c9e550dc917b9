package io.weir.audit.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * A C2SP signed note (signed-note v1.0.0): a text that ends with LF, a blank line, signature lines
 * {@code — name base64(keyid || signature)}.
 *
 * @param text the signed text with its final LF
 * @param signatures at least one
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** A note longer than this is refused unread. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_SIGNATURES = 100;
    private static final String DASH = "\u2014 ";

    /**
     * @param name key name
     * @param keyId four bytes
     * @param bytes the signature
     */
    public record NoteSignature(String name, byte[] keyId, byte[] bytes) {}

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /** Signs a text. */
    public static SignedNote sign(String text, SignerKey key) {
        if (!isText(text)) {
            throw new IllegalArgumentException("the text of a note ends with LF and has no control characters");
        }
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        VerifierKey verifier = key.verifier();
        return new SignedNote(text, List.of(new NoteSignature(verifier.name(), verifier.id(), signature)));
    }

    /** The note's text form. */
    public String encode() {
        StringBuilder out = new StringBuilder(text).append('\n');
        for (NoteSignature signature : signatures) {
            byte[] blob = Arrays.copyOf(signature.keyId(), 4 + signature.bytes().length);
            System.arraycopy(signature.bytes(), 0, blob, 4, signature.bytes().length);
            out.append(DASH).append(signature.name()).append(' ');
            out.append(Base64.getEncoder().encodeToString(blob)).append('\n');
        }
        return out.toString();
    }

    /** Reads a note strictly; signatures are not verified yet. */
    public static SignedNote parse(byte[] bytes) throws FormatException {
        if (bytes.length > MAX_BYTES) {
            throw new FormatException("a note is longer than " + MAX_BYTES + " bytes");
        }
        String note = CanonicalJsonReader.decode(bytes);
        int split = note.lastIndexOf("\n\n");
        if (split < 0 || !isText(note)) {
            throw new FormatException("not a signed note");
        }
        String[] lines = note.substring(split + 2).split("\n", -1);
        if (lines.length < 2 || lines.length > MAX_SIGNATURES + 1) {
            throw new FormatException("a signed note has 1 to " + MAX_SIGNATURES + " signatures");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : Arrays.asList(lines).subList(0, lines.length - 1)) {
            signatures.add(signature(line));
        }
        return new SignedNote(note.substring(0, split + 1), signatures);
    }

    /**
     * Whether a trusted key signed this note. Signatures of unknown keys are ignored; a wrong signature of a trusted key spoils the note.
     */
    public boolean verifies(Collection<VerifierKey> trusted) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        boolean signed = false;
        for (NoteSignature signature : signatures) {
            for (VerifierKey key : trusted) {
                if (key.name().equals(signature.name()) && Arrays.equals(key.id(), signature.keyId())) {
                    if (!key.verifies(message, signature.bytes())) {
                        return false;
                    }
                    signed = true;
                }
            }
        }
        return signed;
    }

    /** Standard base64 with padding, in its canonical form only. */
    static byte[] decodeBase64(String text) throws FormatException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new FormatException("not base64", e);
        }
        throw new FormatException("not canonical base64");
    }

    private static NoteSignature signature(String line) throws FormatException {
        String[] parts = line.startsWith(DASH) ? line.substring(DASH.length()).split(" ", -1) : new String[0];
        if (parts.length != 2 || !VerifierKey.isName(parts[0])) {
            throw new FormatException("not a signature line");
        }
        byte[] blob = decodeBase64(parts[1]);
        if (blob.length < 5) {
            throw new FormatException("a signature is too short");
        }
        return new NoteSignature(parts[0], Arrays.copyOf(blob, 4), Arrays.copyOfRange(blob, 4, blob.length));
    }

    private static boolean isText(String text) {
        return text.endsWith("\n") && text.chars().noneMatch(c -> c < 0x20 && c != '\n');
    }
}
