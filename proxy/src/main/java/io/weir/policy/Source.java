package io.weir.policy;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A database that holds governed relations.
 *
 * @param id stable id
 * @param dialect {@code postgresql} or {@code sqlserver}
 * @param url JDBC URL without credentials
 * @param user read-only role
 * @param password reference to the secret
 * @param poolSize connections per project
 * @param timeZone time zone of its timestamps
 * @param snapshot day the data was last updated: CURRENT_DATE of every statement, part of every answer's identity
 */
public record Source(
        String id,
        String dialect,
        String url,
        String user,
        SecretReference password,
        int poolSize,
        ZoneId timeZone,
        LocalDate snapshot) {}
