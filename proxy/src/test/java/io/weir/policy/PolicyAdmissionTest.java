package io.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.demo.data.DemoPolicyFixture;
import io.weir.identity.Asker;
import io.weir.identity.PersonId;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PolicyAdmissionTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    @Test
    void aTrainedMemberIsAdmittedUnderTheAgreementInForce() throws IOException {
        assertThat(on("2026-11-25T12:00:00Z").admit(new PersonId("ada"), "diabetes", "s1"))
                .isInstanceOfSatisfying(Outcome.Value.class, v -> {
                    Asker asker = (Asker) v.value();
                    assertThat(asker.agreement()).isEqualTo("dsa-2026-001");
                    assertThat(asker.purpose()).isEqualTo("research-public-benefit");
                    assertThat(asker.organisation()).isEqualTo("fells-university");
                });
    }

    @Test
    void unknownPersonUnknownProjectAndForeignProjectLookTheSame() throws IOException {
        PolicyAdmission admission = on("2026-11-25T12:00:00Z");
        Problem expected = refusal(admission.admit(new PersonId("nobody"), "diabetes", "s"));
        assertThat(expected.code()).isEqualTo(ProblemCode.NOT_A_MEMBER);
        assertThat(refusal(admission.admit(new PersonId("ben"), "nothing", "s")))
                .isEqualTo(expected);
        assertThat(refusal(admission.admit(new PersonId("ben"), "diabetes", "s")))
                .isEqualTo(expected);
        assertThat(refusal(admission.admit(new PersonId("cora"), "diabetes", "s")))
                .isEqualTo(expected);
    }

    @Test
    void lapsedTrainingAdmitsNobody() throws IOException {
        Problem problem = refusal(on("2026-11-25T12:00:00Z").admit(new PersonId("tess"), "diabetes", "s"));
        assertThat(problem.code()).isEqualTo(ProblemCode.NOT_A_MEMBER);
        assertThat(problem.detail()).contains("2026-06-30");
    }

    @Tag("S29")
    @Test
    void anUnsignedAndAnExpiredAgreementGrantNothingAndSayWhy() throws IOException {
        PolicyAdmission admission = on("2026-11-25T12:00:00Z");
        Problem unsigned = refusal(admission.admit(new PersonId("ada"), "respiratory", "s"));
        assertThat(unsigned.code()).isEqualTo(ProblemCode.AGREEMENT_INACTIVE);
        assertThat(unsigned.detail())
                .contains("not signed by saltcoast-council")
                .doesNotContain("diabetes");
        Problem expired = refusal(admission.admit(new PersonId("ada"), "maternity", "s"));
        assertThat(expired.detail()).contains("expired on 2025-03-31");
    }

    @Test
    void theLastDayCountsInTheZoneOfTheInstallation() throws IOException {
        assertThat(on("2027-08-31T22:59:00Z").admit(new PersonId("ada"), "diabetes", "s"))
                .isInstanceOf(Outcome.Value.class);
        assertThat(on("2027-08-31T23:01:00Z").admit(new PersonId("ada"), "diabetes", "s"))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Tag("S8")
    @Test
    void renewalAsksAgainWithThePolicyOfThisMoment() throws IOException {
        Asker asker = on("2026-11-25T12:00:00Z")
                .admit(new PersonId("ben"), "flow", "s9")
                .orThrow();
        assertThat(on("2026-11-26T12:00:00Z").renew(asker)).isEqualTo(Outcome.of(asker));
        assertThat(on("2028-01-02T12:00:00Z").renew(asker)).isInstanceOf(Outcome.Refused.class);
    }

    private static PolicyAdmission on(String instant) throws IOException {
        PolicySnapshot snapshot = DemoPolicyFixture.snapshot();
        return new PolicyAdmission(() -> snapshot, Clock.fixed(Instant.parse(instant), ZoneOffset.UTC), LONDON);
    }

    private static Problem refusal(Outcome<Asker> outcome) {
        return switch (outcome) {
            case Outcome.Refused<Asker>(Problem problem) -> problem;
            case Outcome.Value<Asker> value -> throw new AssertionError("admitted: " + value);
        };
    }
}
