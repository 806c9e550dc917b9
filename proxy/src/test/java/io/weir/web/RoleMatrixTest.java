package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.web.api.Endpoint;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every command of the HTTP API, and so of {@code weir release} and {@code weir policy reload}, asked for by everybody (S9). */
class RoleMatrixTest extends InWebWorld {
    private static final List<String> EVERYBODY =
            List.of(WebWorld.ADA, WebWorld.BEN, WebWorld.CORA, WebWorld.COLIN, WebWorld.UNA, WebWorld.OTTO, "nobody");

    /** Who is answered, in the order in which they ask; everybody else gets 401, 403 or 404 and changes nothing. */
    @Tag("S9")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HOME       | ''                                                                            | ada ben cora colin una otto nobody",
                "HEALTH     | ''                                                                            | ada ben cora colin una otto nobody",
                "OPENAPI    | ''                                                                            | ada ben cora colin una otto nobody",
                "LIST       | ''                                                                            | ada ben cora colin",
                "REQUEST    | {\"project\": \"stroke\", \"query\": \"SELECT 1\", \"title\": \"t\", \"purposeNote\": \"p\", \"destination\": \"trust-bucket\"} | ada colin",
                "SHOW       | ''                                                                            | ada cora colin",
                "VOTE       | {\"ballot\": \"approve\"}                                                     | cora",
                "WITHDRAW   | {}                                                                            | ada",
                "RESUME     | {}                                                                            | otto",
                "DELIVERIES | ''                                                                            | otto",
                "RELOAD     | {}                                                                            | otto"
            })
    void aCommandAnswersThoseWhoMayAndNobodyElse(Endpoint endpoint, String body, String may) throws Exception {
        Set<String> answered = new TreeSet<>();
        for (String person : EVERYBODY) {
            String id = endpoint == Endpoint.RESUME ? FakeOperators.STUCK : FakeRequests.ADAS;
            String path = endpoint.path().replace("{id}", id);
            HttpRequest.Builder request = client.as(person, path);
            int status = client.send(
                            endpoint.method().equals("GET")
                                    ? request.GET()
                                    : request.header("Content-Type", "application/json")
                                            .POST(HttpRequest.BodyPublishers.ofString(body)))
                    .statusCode();
            if (status < 300) {
                answered.add(person);
            } else {
                assertThat(status).as(person).isIn(401, 403, 404);
            }
        }
        assertThat(answered).isEqualTo(new TreeSet<>(Arrays.asList(may.split(" "))));
    }

    @Tag("S9")
    @Test
    void noCommandIsMissingAbove() throws Exception {
        CsvSource rows = RoleMatrixTest.class
                .getDeclaredMethod(
                        "aCommandAnswersThoseWhoMayAndNobodyElse", Endpoint.class, String.class, String.class)
                .getAnnotation(CsvSource.class);
        Set<String> named = new HashSet<>();
        for (String row : rows.value()) {
            named.add(row.split("\\|", 2)[0].strip());
        }
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Endpoint.values()).map(Endpoint::name).toList());
    }

    /** The name in a header that a reverse proxy would set is nobody's: the log shows the socket's peer. */
    @Tag("S19")
    @Test
    void aForwardedAddressIsNotBelieved() throws Exception {
        client.send(client.to("/api/v1/releases")
                .header("X-Forwarded-For", "198.51.100.7")
                .header("Forwarded", "for=198.51.100.7")
                .header("X-Real-IP", "198.51.100.7"));
        assertThat(world.audit.events)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.fields().toString() + event.disclosures())
                        .doesNotContain("198.51.100.7"));
    }
}
