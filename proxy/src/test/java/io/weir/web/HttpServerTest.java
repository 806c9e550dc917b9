package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.audit.EventType;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.release.request.Ballot;
import io.weir.release.review.Remarks;
import io.weir.web.api.Endpoint;
import io.weir.web.security.SecurityHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class HttpServerTest extends InWebWorld {
    private static final String RELEASES = "/api/v1/releases";
    private static final String ADAS = RELEASES + "/" + FakeRequests.ADAS;
    private static final String NOBODYS = RELEASES + "/req-zzzzzzzzzzzzzzzz";
    private static final String ASK = """
            {"query": "SELECT 1", "title": "t", "purposeNote": "p", "destination": "trust-bucket", "project": "stroke"}""";

    private static void assertProblem(HttpResponse<String> response, int status, String code) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonNode body = WebClient.json(response);
        assertThat(body.path("code").asText()).isEqualTo(code);
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.path("title").asText()).isNotBlank();
        assertThat(body.path("correlation").asText()).startsWith("c-");
    }

    private List<String> denials() {
        return world.audit.events.stream()
                .filter(e -> e.type() == EventType.ACCESS_DENIED)
                .map(e -> String.valueOf(e.fields().get("problem")))
                .toList();
    }

    @Test
    void withoutATokenNobodyIsLetIn() throws Exception {
        HttpResponse<String> response = client.send(client.to(RELEASES));
        assertProblem(response, 401, "AUTHENTICATION_FAILED");
        assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer realm=\"weir\"");
        assertThat(denials()).containsExactly("AUTHENTICATION_FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Basic YWRhOmFkYQ==", "Bearer", "token-of-ada", "Bearer token-of-ada x"})
    void aWrongTokenIsNotAToken(String authorization) throws Exception {
        assertProblem(
                client.send(client.to(RELEASES).header("Authorization", authorization)), 401, "AUTHENTICATION_FAILED");
        assertThat(denials()).hasSize(1);
        assertThat(world.audit.events.toString()).doesNotContain("wrong").doesNotContain("YWRh");
    }

    @Test
    void aTokenInTheUrlDoesNotCount() throws Exception {
        assertProblem(client.send(client.to(RELEASES + "?access_token=token-of-ada")), 401, "AUTHENTICATION_FAILED");
    }

    @Test
    void whenADenialCannotBeRecordedTheAuditLogIsTheProblem() throws Exception {
        world.audit.dead = true;
        assertProblem(client.send(client.to(RELEASES)), 503, "AUDIT_UNAVAILABLE");
    }

    @Test
    void anAnalystAsksForARelease() throws Exception {
        HttpResponse<String> response = client.post(WebWorld.ADA, RELEASES, ASK);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(response.headers().firstValue("location")).hasValue(RELEASES + "/req-00000000000000ff");
        JsonNode body = WebClient.json(response);
        assertThat(body.path("reader").asText()).isEqualTo("author");
        assertThat(body.path("summary").path("state").asText()).isEqualTo("submitted");
        FakeRequests.Asked asked = Objects.requireNonNull(world.requests.asked);
        assertThat(asked.sql()).isEqualTo("SELECT 1");
        assertThat(asked.asker().project()).isEqualTo(WebWorld.STROKE);
        assertThat(asked.asker().session()).startsWith("c-");
    }

    @Test
    void anotherProjectIsForbidden() throws Exception {
        assertProblem(client.post(WebWorld.BEN, RELEASES, ASK), 403, "NOT_A_MEMBER");
        assertThat(world.requests.asked).isNull();
        assertThat(denials()).containsExactly("NOT_A_MEMBER");
    }

    @Test
    void aRefusedQueryIsExplained() throws Exception {
        world.requests.refusing = Problem.of(ProblemCode.OFF_GRID, "the bound 17 of age", "use 15 or 20")
                .at(31);
        HttpResponse<String> response = client.post(WebWorld.ADA, RELEASES, ASK);
        assertProblem(response, 422, "OFF_GRID");
        JsonNode body = WebClient.json(response);
        assertThat(body.path("detail").asText()).isEqualTo("the bound 17 of age");
        assertThat(body.path("hint").asText()).isEqualTo("use 15 or 20");
        assertThat(body.path("position").asInt()).isEqualTo(31);
    }

    @Test
    void everyoneListsWhatIsTheirs() throws Exception {
        JsonNode own = WebClient.json(client.get(WebWorld.ADA, RELEASES)).path("releases");
        assertThat(own).hasSize(1);
        assertThat(own.get(0).path("id").asText()).isEqualTo(FakeRequests.ADAS);
        assertThat(WebClient.json(client.get(WebWorld.BEN, RELEASES)).path("releases"))
                .isEmpty();
        assertThat(WebClient.json(client.get(WebWorld.CORA, RELEASES)).path("releases"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {WebWorld.OTTO, WebWorld.UNA})
    void whoHasNoPartInReleasesListsNothing(String person) throws Exception {
        assertProblem(client.get(person, RELEASES), 403, "NOT_PERMITTED");
        assertThat(denials()).hasSize(1);
    }

    @Test
    void onlyACheckerSeesReasons() throws Exception {
        JsonNode author = WebClient.json(client.get(WebWorld.ADA, ADAS));
        assertThat(author.path("reader").asText()).isEqualTo("author");
        assertThat(author.toString()).doesNotContain("minimum-frequency");
        JsonNode checker = WebClient.json(client.get(WebWorld.CORA, ADAS));
        assertThat(checker.path("reader").asText()).isEqualTo("checker");
        assertThat(checker.path("table")
                        .path("rows")
                        .get(1)
                        .get(1)
                        .path("reasons")
                        .get(0)
                        .asText())
                .isEqualTo("minimum-frequency");
        JsonNode colleague = WebClient.json(client.get(WebWorld.COLIN, ADAS));
        assertThat(colleague.path("reader").asText()).isEqualTo("author");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/votes", "/withdraw"})
    void unknownAndForeignIdsReadAlike(String end) throws Exception {
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (String path : List.of(ADAS, NOBODYS, RELEASES + "/x", RELEASES + "/..%2f")) {
            answers.add(
                    switch (end) {
                        case "" -> client.get(WebWorld.BEN, path);
                        case "/votes" ->
                            client.post(
                                    WebWorld.CORA,
                                    path.equals(ADAS) ? NOBODYS + end : path + end,
                                    "{\"ballot\": \"approve\"}");
                        default -> client.post(WebWorld.BEN, path + end, "{}");
                    });
        }
        for (HttpResponse<String> answer : answers) {
            assertProblem(answer, 404, "NOT_FOUND");
        }
        assertThat(answers.stream().map(HttpServerTest::withoutCorrelation).distinct())
                .hasSize(1);
        assertThat(denials()).hasSize(4).containsOnly("NOT_FOUND");
    }

    private static String withoutCorrelation(HttpResponse<String> response) {
        try {
            return ((ObjectNode) WebClient.json(response))
                    .without("correlation")
                    .toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCheckerVotesWithRemarks() throws Exception {
        HttpResponse<String> response = client.post(
                WebWorld.CORA,
                ADAS + "/votes",
                "{\"ballot\": \"return\", \"comment\": \"round it\", \"privateComment\": \"see last month\"}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(WebClient.json(response).path("state").asText()).isEqualTo("partially_reviewed");
        FakeCheckers.Cast cast = Objects.requireNonNull(world.checkers.cast);
        assertThat(cast.ballot()).isEqualTo(Ballot.REQUEST_CHANGES);
        assertThat(cast.remarks()).isEqualTo(new Remarks("round it", "see last month"));
        assertProblem(client.post(WebWorld.CORA, ADAS + "/votes", "{\"ballot\": \"approve\"}"), 409, "WRONG_STATE");
    }

    @ParameterizedTest
    @ValueSource(strings = {WebWorld.ADA, WebWorld.COLIN, WebWorld.UNA})
    void whoMayKnowOfARequestIsToldWhyTheVoteIsRefused(String person) throws Exception {
        assertProblem(client.post(person, ADAS + "/votes", "{\"ballot\": \"approve\"}"), 403, "NOT_PERMITTED");
        assertThat(world.checkers.cast).isNull();
    }

    @Test
    void onlyTheAuthorWithdrawsAndOnlyOnce() throws Exception {
        assertProblem(client.post(WebWorld.COLIN, ADAS + "/withdraw", "{}"), 403, "NOT_PERMITTED");
        HttpResponse<String> done =
                client.send(client.as(WebWorld.ADA, ADAS + "/withdraw").POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertProblem(client.post(WebWorld.ADA, ADAS + "/withdraw", "{}"), 409, "WRONG_STATE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=latin1",
                "application/json5"
            })
    void anotherContentTypeIsRefused(String type) throws Exception {
        assertProblem(
                client.send(client.as(WebWorld.ADA, RELEASES)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(ASK))),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void aMissingContentTypeIsRefused() throws Exception {
        assertProblem(
                client.send(client.as(WebWorld.ADA, RELEASES).POST(HttpRequest.BodyPublishers.ofString(ASK))),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void utf8MayBeSaid() throws Exception {
        HttpResponse<String> response = client.send(client.as(WebWorld.ADA, RELEASES)
                .header("Content-Type", "Application/JSON; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(ASK)));
        assertThat(response.statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"x\"",
                "null",
                "{\"ballot\": \"approve\"} {}",
                "{\"ballot\": \"approve\", \"ballot\": \"reject\"}",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}}"
            })
    void whatIsNotOneJsonObjectIsRefused(String body) throws Exception {
        HttpResponse<String> response = client.post(WebWorld.CORA, ADAS + "/votes", body);
        assertProblem(response, 400, "MALFORMED_JSON");
        assertThat(world.checkers.cast).isNull();
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws Exception {
        assertProblem(
                client.send(client.as(WebWorld.CORA, ADAS + "/votes")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, '"', '}'}))),
                400,
                "MALFORMED_JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ballot\": \"maybe\"} | ballot",
                "{\"ballot\": 1} | ballot",
                "{\"ballot\": null} | ballot",
                "{} | ballot",
                "{\"ballot\": \"approve\", \"digest\": \"x\"} | digest",
                "{\"ballot\": \"approve\", \"comment\": [\"x\"]} | comment"
            })
    void fieldsThatAreNotAsTheyShouldBeAreNamed(String body, String field) throws Exception {
        HttpResponse<String> response = client.post(WebWorld.CORA, ADAS + "/votes", body);
        assertProblem(response, 422, "INVALID_VALUE");
        assertThat(WebClient.json(response).path("detail").asText()).contains("\"" + field + "\"");
        assertThat(world.checkers.cast).isNull();
    }

    @Test
    void anOversizedBodyIsCutOff() throws Exception {
        HttpResponse<String> response = client.post(WebWorld.ADA, RELEASES, "x".repeat(10_001));
        assertProblem(response, 413, "BODY_TOO_LARGE");
        assertThat(world.requests.asked).isNull();
    }

    @Test
    void whatDoesNotExistIsNotFound() throws Exception {
        assertProblem(client.get(WebWorld.ADA, "/api/v1/release"), 404, "NOT_FOUND");
        assertProblem(client.get(WebWorld.ADA, ADAS + "/votes/1"), 404, "NOT_FOUND");
        HttpResponse<String> response =
                client.send(client.as(WebWorld.ADA, ADAS).DELETE());
        assertProblem(response, 405, "METHOD_NOT_ALLOWED");
        assertThat(response.headers().firstValue("allow")).hasValue("GET");
    }

    @Test
    void noOtherOriginIsPermitted() throws Exception {
        HttpResponse<String> response = client.send(client.to(RELEASES)
                .header("Origin", "https://elsewhere.example")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertProblem(response, 405, "METHOD_NOT_ALLOWED");
        assertThat(response.headers().map().keySet())
                .noneMatch(h -> h.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }

    @Test
    void aStoreThatIsDownIsSaidSo() throws Exception {
        world.storeAnswers = false;
        assertProblem(client.get(WebWorld.ADA, RELEASES), 503, "STORE_UNAVAILABLE");
    }

    @Test
    void whatNobodyExpectedIsNotToldToTheClient() throws Exception {
        world.requests.failing = new IllegalStateException("jdbc:postgresql://inside/secret");
        HttpResponse<String> response = client.get(WebWorld.ADA, RELEASES);
        assertProblem(response, 500, "INTERNAL");
        assertThat(response.body()).doesNotContain("jdbc").doesNotContain("IllegalState");
    }

    @Test
    void moreThanItCanWorkOnIsTurnedAway() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch open = new CountDownLatch(1);
        world.requests.waiting = () -> {
            arrived.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        List<CompletableFuture<Integer>> held = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            held.add(answer);
            Thread.ofVirtual().start(() -> {
                try {
                    answer.complete(client.get(WebWorld.ADA, RELEASES).statusCode());
                } catch (Exception e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        arrived.await();
        HttpResponse<String> third = client.get(WebWorld.ADA, RELEASES);
        open.countDown();
        assertProblem(third, 503, "BUSY");
        assertThat(third.headers().firstValue("retry-after")).hasValue("1");
        assertThat(held).allMatch(answer -> answer.join() == 200);
    }

    @Test
    void healthFollowsAuditLogAndStore() throws Exception {
        HttpResponse<String> fine = client.send(client.to("/healthz"));
        assertThat(fine.statusCode()).isEqualTo(200);
        assertThat(WebClient.json(fine).path("status").asText()).isEqualTo("ok");
        world.storeAnswers = false;
        HttpResponse<String> store = client.send(client.to("/healthz"));
        assertThat(store.statusCode()).isEqualTo(503);
        assertThat(WebClient.json(store).path("store").asText()).isEqualTo("unavailable");
        world.storeAnswers = true;
        world.audit.dead = true;
        HttpResponse<String> audit = client.send(client.to("/healthz"));
        assertThat(audit.statusCode()).isEqualTo(503);
        assertThat(WebClient.json(audit).path("audit").asText()).isEqualTo("unavailable");
    }

    @Test
    void thePageListsTheEndpointsAndRunsNothing() throws Exception {
        HttpResponse<String> page = client.send(client.to("/"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        for (Endpoint endpoint : Endpoint.values()) {
            assertThat(page.body()).contains(endpoint.path());
        }
        assertThat(page.body())
                .doesNotContain("<script")
                .doesNotContain("<style")
                .doesNotContain("style=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthz", "/api/v1/openapi.yaml", RELEASES, "/nowhere"})
    void everyReplyHasTheSecurityHeaders(String path) throws Exception {
        HttpResponse<String> response = client.send(client.to(path));
        SecurityHeaders.ALL.forEach((name, value) ->
                assertThat(response.headers().firstValue(name)).as(name).hasValue(value));
    }

    @Test
    void theDescriptionDescribesExactlyWhatAnswers() throws Exception {
        HttpResponse<String> response = client.send(client.to("/api/v1/openapi.yaml"));
        assertThat(response.statusCode()).isEqualTo(200);
        Map<?, ?> document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(response.body());
        List<String> described = new ArrayList<>();
        ((Map<?, ?>) Objects.requireNonNull(document.get("paths")))
                .forEach((path, methods) -> ((Map<?, ?>) methods)
                        .keySet()
                        .forEach(m -> described.add(String.valueOf(m).toUpperCase(Locale.ROOT) + " " + path)));
        List<String> answering = new ArrayList<>();
        for (Endpoint endpoint : Endpoint.values()) {
            answering.add(endpoint.method() + " " + endpoint.path());
        }
        assertThat(described).containsExactlyInAnyOrderElementsOf(answering);
    }

    @Tag("S16")
    @Test
    void inTheClearNobodyIsAnswered() {
        HttpClient plain = HttpClient.newHttpClient();
        URI uri = URI.create("http://localhost:" + world.url().getPort() + "/healthz");
        assertThatThrownBy(() -> plain.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }
}
