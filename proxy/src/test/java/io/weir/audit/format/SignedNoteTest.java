package io.weir.audit.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.audit.log.AuditFixture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    @Test
    void verifierKeyOfTheSpecificationIsReadAndWritten() throws Exception {
        String text = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
        assertThat(VerifierKey.parse(text).encode()).isEqualTo(text);
        assertThatThrownBy(() -> VerifierKey.parse(text.replace("530d903a", "530d903b")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("key id");
    }

    @Test
    void publicHalfOfTheRfc8032KeyIsDerived() {
        assertThat(AuditFixture.KEY.verifier().raw())
                .asHexString()
                .isEqualToIgnoringCase("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThat(AuditFixture.KEY).hasToString("SignerKey[weir.example.org/audit, ***]");
    }

    @Test
    void signedCheckpointSurvivesTheTextFormAndAnyChangeSpoilsIt() throws Exception {
        VerifierKey key = AuditFixture.KEY.verifier();
        Checkpoint checkpoint = new Checkpoint(key.name(), 42, MerkleTree.leafHash(new byte[0]));
        String note = checkpoint.sign(AuditFixture.KEY).encode();
        SignedNote parsed = parse(note);
        assertThat(parsed.verifies(List.of(key))).isTrue();
        assertThat(Checkpoint.parse(parsed.text())).isEqualTo(checkpoint);
        assertThat(parsed.encode()).isEqualTo(note);
        assertThat(parse(note.replace("\n42\n", "\n43\n")).verifies(List.of(key)))
                .isFalse();
        assertThat(parsed.verifies(List.of(new VerifierKey(key.name(), new byte[32]))))
                .isFalse();
        assertThat(parsed.verifies(List.of())).isFalse();
    }

    @Test
    void unknownSignaturesAreIgnoredButAWrongOneOfATrustedKeySpoilsTheNote() throws Exception {
        VerifierKey key = AuditFixture.KEY.verifier();
        SignedNote note = SignedNote.sign("text\n", AuditFixture.KEY);
        SignedNote.NoteSignature right = note.signatures().getFirst();
        var unknown = new SignedNote.NoteSignature("witness.example", new byte[] {1, 2, 3, 4}, new byte[72]);
        var wrong = new SignedNote.NoteSignature(key.name(), key.id(), new byte[64]);
        assertThat(new SignedNote("text\n", List.of(unknown, right)).verifies(List.of(key)))
                .isTrue();
        assertThat(new SignedNote("text\n", List.of(right, wrong)).verifies(List.of(key)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\n- name AAAAAAAA\n",
                "text\n\n\u2014 name AAAAAAAA",
                "text\n\n\u2014 na+me AAAAAAAA\n",
                "text\n\n\u2014 name AAAA\n",
                "text\n\n\u2014 name AAAAAAB=\n",
                "te\txt\n\n\u2014 name AAAAAAAA\n",
                "text\n\n\u2014 name AAAAAAAA\nmore\n"
            })
    void malformedNotesAreRefused(String note) {
        assertThatThrownBy(() -> parse(note)).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "origin\n1\n",
                "origin\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "origin\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "origin\n1\n47DEQpj8HBSa\n",
                "ori gin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n"
            })
    void malformedCheckpointsAreRefused(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(FormatException.class);
    }

    private static SignedNote parse(String note) throws FormatException {
        return SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
    }
}
