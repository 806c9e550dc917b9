package io.weir.audit.format;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** The Ed25519 private key that signs checkpoints. Prints as {@code ***}. Thread-safe. */
public final class SignerKey {
    private final PrivateKey key;
    private final VerifierKey verifier;

    private SignerKey(PrivateKey key, VerifierKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    /**
     * @param name key name, the log's origin: a schema-less URL such as {@code weir.example.org/audit}
     * @param pkcs8 the key in PKCS#8 DER (RFC 8410)
     * @throws IllegalArgumentException when it is not an Ed25519 private key
     */
    public static SignerKey of(String name, byte[] pkcs8) {
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (!(key instanceof EdECPrivateKey edwards) || edwards.getBytes().isEmpty()) {
                throw new IllegalArgumentException("not an Ed25519 private key");
            }
            // The JDK offers no way from a private Ed25519 key to its public half.
            byte[] seed = edwards.getBytes().get();
            byte[] raw =
                    new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
            return new SignerKey(key, new VerifierKey(name, raw));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 private key in PKCS#8", e);
        }
    }

    /** The public half. */
    public VerifierKey verifier() {
        return verifier;
    }

    byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key that was accepted cannot sign", e);
        }
    }

    @Override
    public String toString() {
        return "SignerKey[" + verifier.name() + ", ***]";
    }
}
