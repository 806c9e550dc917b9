package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.audit.EventType;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another server answers in place of the agreed one, before an approved release was delivered. */
class ChangedHostKeyIT {
    private static final RunningWeir WEIR = RunningWeir.shared();
    private static final String STAYS =
            "SELECT provider_code, count(*) FROM admissions WHERE admitted >= DATE '2025-04-01' GROUP BY provider_code";

    @AfterEach
    void mend() throws IOException {
        WEIR.servers().restoreSftp();
        WEIR.audit().verifies();
    }

    private static JsonNode ok(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private static JsonNode summary(String reader, String request) throws Exception {
        return ok(WEIR.get(reader, "/api/v1/releases/" + request)).get("summary");
    }

    private static void awaitState(String request, String state) {
        Await.until(
                "the request is " + state,
                Duration.ofSeconds(30),
                () -> summary("ben", request).get("state").asText().equals(state));
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void nothingIsWrittenToTheImpostorAndAnOperatorResumesWhenTheAgreedServerIsBack() throws Exception {
        int mark = WEIR.audit().size();
        Path impostor = WEIR.servers().impersonateSftp().root();
        String request;
        try (Connection connection = WEIR.connect("ben", "flow")) {
            request = Asking.request(connection, STAYS, "Stays by hospital", "council-sftp");
        }
        for (String checker : List.of("cora", "dev")) {
            ok(WEIR.post(checker, "/api/v1/releases/" + request + "/votes", "{\"ballot\":\"approve\"}"));
        }
        awaitState(request, "failed");
        assertThat(files(impostor)).isEmpty();
        assertThat(summary("ben", request).toString()).contains("could not prove that it is the one in the agreement");
        assertThat(summary("ben", request).toString()).doesNotContain("127.0.0.1", "Exception", "ssh-ed25519");
        Asking.recorded(WEIR.audit(), mark, EventType.DELIVERY_FAILED, "request", request);
        assertThat(Asking.matching(WEIR.audit(), mark, EventType.DELIVERY_DONE, "request", request))
                .isEmpty();

        Path agreed = WEIR.servers().restoreSftp().root();
        assertThat(files(agreed)).isEmpty();
        ok(WEIR.post("otto", "/api/v1/releases/" + request + "/resume", "{}"));
        awaitState(request, "delivered");
        assertThat(files(agreed)).anyMatch(file -> file.toString().endsWith(".age"));
        assertThat(files(impostor)).isEmpty();
        Asking.recorded(WEIR.audit(), mark, EventType.RELEASE_RESUMED, "request", request);
        assertThat(Asking.matching(WEIR.audit(), mark, EventType.DELIVERY_DONE, "request", request))
                .hasSize(1);
    }
}
