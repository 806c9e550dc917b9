package io.weir.release.request;

import io.weir.identity.PersonId;

/** In which capacity somebody reads a request. */
public sealed interface Reader {
    PersonId person();

    /** The author, or a member of the author's project. */
    record Author(PersonId person) implements Reader {}

    /** A checker who may review this request. */
    record Checker(PersonId person) implements Reader {}
}
