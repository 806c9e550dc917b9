package io.weir.identity;

/** A person's account name: lower-case, stable, also the database user name. Never an NHS number or an e-mail address. */
public record PersonId(String value) {
    public PersonId {
        if (!value.matches("[a-z][a-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException(
                    "not an account name: use a-z, 0-9, '.', '_' and '-', starting with a letter");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
