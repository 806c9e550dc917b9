package io.weir.pseudonym;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF with SHA-256 (RFC 5869). */
final class Hkdf {
    private static final byte[] SALT = "weir/pseudonym/v1".getBytes(StandardCharsets.US_ASCII);

    private Hkdf() {}

    static byte[] derive(byte[] inputKey, byte[] salt, byte[] info, int length) {
        HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(new HKDFParameters(inputKey, salt, info));
        byte[] out = new byte[length];
        generator.generateBytes(out, 0, length);
        return out;
    }

    /** The key of one scheme in one namespace and epoch; every part of the info is framed by its length. */
    static PseudonymKey derive(PseudonymKey master, String namespace, String scheme, int epoch, int length) {
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        frame(info, namespace);
        frame(info, scheme);
        for (int shift = 24; shift >= 0; shift -= 8) {
            info.write(epoch >>> shift);
        }
        byte[] input = master.copy();
        byte[] derived = derive(input, SALT, info.toByteArray(), length);
        PseudonymKey key = new PseudonymKey(derived);
        Arrays.fill(input, (byte) 0);
        Arrays.fill(derived, (byte) 0);
        return key;
    }

    private static void frame(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length >>> 8);
        out.write(bytes.length);
        out.write(bytes, 0, bytes.length);
    }
}
