package io.weir.query.session;

import io.weir.audit.AuditLog;
import io.weir.identity.ScramSecrets;
import io.weir.policy.Admission;
import io.weir.query.answer.QueryDesk;
import io.weir.query.session.authentication.MockSecrets;
import java.security.SecureRandom;

/**
 * What sessions need from the rest of the proxy. All are thread-safe.
 *
 * @param secrets verifiers of accounts
 * @param mockSecrets verifiers of accounts that do not exist
 * @param admission who may work in which project
 * @param audit where sessions are recorded before their client learns anything
 * @param desk the query road
 * @param catalog the shadow catalogue
 * @param random nonces, cancel keys, correlation ids
 */
public record SessionPorts(
        ScramSecrets secrets,
        MockSecrets mockSecrets,
        Admission admission,
        AuditLog audit,
        QueryDesk desk,
        CatalogRelay catalog,
        SecureRandom random) {}
