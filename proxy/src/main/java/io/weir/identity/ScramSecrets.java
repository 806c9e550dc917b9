package io.weir.identity;

import java.util.Optional;

/** Where verifiers lie. Blocks; throws only when the store does not answer. */
public interface ScramSecrets {
    Optional<ScramSecret> find(PersonId person);
}
