package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.audit.EventType;
import io.weir.yaml.YamlProblem;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OperatorApiTest extends InWebWorld {
    private static final String RELOAD = "/api/v1/policy/reload";
    private static final String RESUME = "/api/v1/releases/" + FakeOperators.STUCK + "/resume";

    @Test
    void anOperatorSeesWhatIsStuckAndResumesItOnce() throws Exception {
        HttpResponse<String> listed = client.get(WebWorld.OTTO, "/api/v1/deliveries");
        assertThat(listed.statusCode()).as(listed.body()).isEqualTo(200);
        JsonNode stuck = WebClient.json(listed).path("releases").get(0);
        assertThat(stuck.path("state").asText()).isEqualTo("failed");
        HttpResponse<String> resumed = client.post(WebWorld.OTTO, RESUME, "{}");
        assertThat(resumed.statusCode()).as(resumed.body()).isEqualTo(200);
        assertThat(WebClient.json(resumed).path("state").asText()).isEqualTo("approved");
        assertThat(client.post(WebWorld.OTTO, RESUME, "{}").statusCode()).isEqualTo(409);
    }

    @Test
    void theNewPolicyIsToldByItsDigest() throws Exception {
        HttpResponse<String> response = client.post(WebWorld.OTTO, RELOAD, "{}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(WebClient.json(response).path("policy").asText()).isEqualTo("ef".repeat(32));
        assertThat(WebClient.json(response).path("changed").asBoolean()).isTrue();
        assertThat(world.operators.reloadedBy).containsExactly(WebWorld.OTTO);
    }

    @Test
    void everyProblemOfTheNewPolicyIsListedWithFileAndLine() throws Exception {
        world.operators.problems = List.of(
                new YamlProblem("people/ada.yaml", 4, "roles[0]", "unknown role", "write analyst"),
                new YamlProblem("projects/x.yaml", 0, "", "no agreement", ""));
        HttpResponse<String> response = client.post(WebWorld.OTTO, RELOAD, "{}");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonNode body = WebClient.json(response);
        assertThat(body.path("code").asText()).isEqualTo("POLICY_REJECTED");
        assertThat(body.path("problems")).hasSize(2);
        assertThat(body.path("problems").get(0).path("file").asText()).isEqualTo("people/ada.yaml");
        assertThat(body.path("problems").get(0).path("line").asInt()).isEqualTo(4);
        assertThat(body.path("policy").asText()).isEqualTo("ab".repeat(32));
    }

    @Test
    void aDirectoryThatCannotBeReadIsSaidWithoutItsPlace() throws Exception {
        world.operators.unreadable = new IOException("/srv/secret-place/policy");
        HttpResponse<String> response = client.post(WebWorld.OTTO, RELOAD, "{}");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("the policy in force is unchanged").doesNotContain("secret-place");
    }

    @Tag("S9")
    @ParameterizedTest
    @ValueSource(strings = {WebWorld.ADA, WebWorld.CORA, WebWorld.COLIN, WebWorld.UNA})
    void nobodyElseMay(String person) throws Exception {
        HttpResponse<String> reload = client.post(person, RELOAD, "{}");
        assertThat(reload.statusCode()).as(reload.body()).isEqualTo(403);
        assertThat(reload.body()).contains("role operator");
        assertThat(world.audit.events.getLast().type()).isEqualTo(EventType.ACCESS_DENIED);
        assertThat(world.audit.events.getLast().fields())
                .containsEntry("actor", person)
                .containsEntry("action", "reload_policy");
        assertThat(client.post(person, RESUME, "{}").statusCode()).isEqualTo(403);
        assertThat(client.get(person, "/api/v1/deliveries").statusCode()).isEqualTo(403);
        assertThat(world.operators.reloadedBy).isEmpty();
    }

    @Test
    void withoutATokenNothingIsDone() throws Exception {
        assertThat(client.send(client.to(RELOAD).POST(java.net.http.HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(client.post(WebWorld.OTTO, RELOAD, "{\"force\": \"yes\"}").statusCode())
                .isEqualTo(422);
        assertThat(world.operators.reloadedBy).isEmpty();
    }
}
