package io.weir.pseudonym;

import io.weir.identity.ProjectId;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The door of this package: pseudonymisers by project and namespace. Thread-safe; blocks on the first use of a project.
 *
 * <p>Keys are derived by HKDF-SHA-256 from a random master of the project and epoch, so that two projects share no pseudonym; losing the
 * wrapped master ends re-identification.
 */
public final class Pseudonyms {
    /** The namespace of NHS numbers, which has a scheme of its own. */
    public static final String NHS = "nhs";

    private record Place(ProjectId project, String namespace) {}

    private final KeyEncryptionKey keyEncryptionKey;
    private final WrappedMasters masters;
    private final SecureRandom random;
    private final int epoch;
    private final Map<Place, Pseudonymiser> pseudonymisers = new ConcurrentHashMap<>();

    /** @param epoch from 1; a new one changes every pseudonym */
    public Pseudonyms(KeyEncryptionKey keyEncryptionKey, WrappedMasters masters, SecureRandom random, int epoch) {
        this.keyEncryptionKey = keyEncryptionKey;
        this.masters = masters;
        this.random = random;
        this.epoch = epoch;
    }

    /**
     * The pseudonymiser of a namespace in a project.
     *
     * @throws KeyUnavailableException when the project's master cannot be unlocked
     */
    public Pseudonymiser of(ProjectId project, String namespace) {
        return pseudonymisers.computeIfAbsent(new Place(project, namespace), this::create);
    }

    private Pseudonymiser create(Place place) {
        try (PseudonymKey master = master(place.project)) {
            return of(master, place.namespace, epoch);
        }
    }

    static Pseudonymiser of(PseudonymKey master, String namespace, int epoch) {
        return namespace.equals(NHS)
                ? new NhsPseudonymiser(Hkdf.derive(master, namespace, "ff1", epoch, 32))
                : new TokenPseudonymiser(Hkdf.derive(master, namespace, "siv", epoch, 64), namespace);
    }

    private PseudonymKey master(ProjectId project) {
        byte[] fresh = new byte[32];
        random.nextBytes(fresh);
        String context = "weir/master/" + project.value() + "/" + epoch;
        try (PseudonymKey candidate = new PseudonymKey(fresh)) {
            return keyEncryptionKey.unwrap(
                    masters.findOrStore(project, epoch, keyEncryptionKey.wrap(candidate, context)), context);
        } finally {
            Arrays.fill(fresh, (byte) 0);
        }
    }
}
