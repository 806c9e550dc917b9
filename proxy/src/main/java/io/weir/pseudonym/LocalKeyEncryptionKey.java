package io.weir.pseudonym;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** A key-encryption key of 256 bits in this process, from a file: AES-256-GCM with a random nonce, context as associated data. */
public final class LocalKeyEncryptionKey implements KeyEncryptionKey {
    private static final int NONCE = 12;

    private final PseudonymKey key;
    private final SecureRandom random;

    private LocalKeyEncryptionKey(PseudonymKey key, SecureRandom random) {
        if (key.length() != 32) {
            throw new KeyUnavailableException("the key-encryption key must have 32 bytes");
        }
        this.key = key;
        this.random = random;
    }

    /** A file that holds exactly 32 bytes. */
    public static LocalKeyEncryptionKey fromRawFile(Path file, SecureRandom random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return new LocalKeyEncryptionKey(new PseudonymKey(bytes), random);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** A secret key entry of a PKCS#12 file. */
    public static LocalKeyEncryptionKey fromPkcs12(Path file, String alias, char[] passphrase, SecureRandom random)
            throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, passphrase);
            Key key = store.getKey(alias, passphrase);
            if (key == null) {
                throw new KeyUnavailableException("the key store has no secret key '" + alias + "'");
            }
            return new LocalKeyEncryptionKey(new PseudonymKey(key.getEncoded()), random);
        } catch (GeneralSecurityException e) {
            throw new KeyUnavailableException("the key store cannot be opened", e);
        }
    }

    @Override
    public byte[] wrap(PseudonymKey master, String context) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(master.copy());
            byte[] out = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, out, NONCE, sealed.length);
            return out;
        } catch (GeneralSecurityException e) {
            throw new KeyUnavailableException("the master cannot be wrapped", e);
        }
    }

    @Override
    public PseudonymKey unwrap(byte[] wrapped, String context) {
        if (wrapped.length <= NONCE) {
            throw new KeyUnavailableException("the wrapped master is cut off");
        }
        try {
            byte[] nonce = Arrays.copyOf(wrapped, NONCE);
            byte[] master = cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(wrapped, NONCE, wrapped.length - NONCE);
            try {
                return new PseudonymKey(master);
            } finally {
                Arrays.fill(master, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new KeyUnavailableException("the wrapped master was not made with this key for this project", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.asAes(), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "***";
    }
}
