package io.weir.audit.format;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A sensitive text that is kept beside the log (RFC 9901, section 4.2): the leaf holds only the digest of its encoded form, so that
 * erasing the text leaves every proof intact. With 128 bits of salt the digest cannot be guessed (section 9.3).
 *
 * @param salt 128 random bits in base64url
 * @param path name of the field
 * @param value the text
 */
public record Disclosure(String salt, String path, String value) {
    private static final Pattern SALT = Pattern.compile("[A-Za-z0-9_-]{22}");

    public Disclosure {
        if (!SALT.matcher(salt).matches() || !CanonicalJson.isKey(path)) {
            throw new IllegalArgumentException("a disclosure has a salt of 128 bits and a plain field name");
        }
    }

    /** The form that is digested: base64url of the JSON array {@code [salt, path, value]}. */
    public String encode() {
        String json = CanonicalJson.write(List.of(salt, path, value));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** base64url of SHA-256 over the encoded form. */
    public String digest() {
        return digest(encode());
    }

    /** The digest of an encoded disclosure. */
    public static String digest(String encoded) {
        byte[] hash = MerkleTree.sha256().digest(encoded.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    /** Reads the encoded form strictly. */
    public static Disclosure parse(String encoded) throws FormatException {
        byte[] json;
        try {
            json = Base64.getUrlDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new FormatException("not base64url", e);
        }
        List<Object> parts = CanonicalJsonReader.readArray(CanonicalJsonReader.decode(json));
        if (parts.size() != 3
                || !(parts.get(0) instanceof String salt)
                || !(parts.get(1) instanceof String path)
                || !(parts.get(2) instanceof String value)
                || !SALT.matcher(salt).matches()
                || !CanonicalJson.isKey(path)) {
            throw new FormatException("not a disclosure");
        }
        return new Disclosure(salt, path, value);
    }

    /** Names the field only. */
    @Override
    public String toString() {
        return "Disclosure[" + path + ", ***]";
    }
}
