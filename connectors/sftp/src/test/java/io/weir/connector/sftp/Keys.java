package io.weir.connector.sftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/** Keys for tests, in the formats of configuration files. */
final class Keys {
    private Keys() {}

    static KeyPair ed25519() throws GeneralSecurityException {
        return KeyUtils.generateKeyPair("ssh-ed25519", 256);
    }

    static String line(PublicKey key) {
        return PublicKeyEntry.toString(key);
    }

    static String openSsh(KeyPair pair) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "test", null, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
