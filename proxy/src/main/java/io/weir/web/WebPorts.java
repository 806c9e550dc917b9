package io.weir.web;

import io.weir.audit.AuditLog;
import io.weir.identity.ApiTokens;
import io.weir.policy.Admission;
import io.weir.policy.PolicySource;
import io.weir.release.request.RequestDesk;
import io.weir.web.api.CheckerDesk;
import io.weir.web.api.OperatorDesk;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the door needs of the rest. All thread-safe; all but {@code ids} may block.
 *
 * @param storeAnswers whether the control store answers now; must not throw
 * @param clock with the zone in which a day begins, as the desks use it
 * @param ids correlation ids, unique and not guessable
 */
public record WebPorts(
        ApiTokens tokens,
        PolicySource policies,
        Admission admission,
        RequestDesk requests,
        CheckerDesk checkers,
        OperatorDesk operators,
        AuditLog audit,
        BooleanSupplier storeAnswers,
        Clock clock,
        Supplier<String> ids) {}
