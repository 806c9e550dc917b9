package io.weir.web.api;

import java.util.ArrayList;
import java.util.List;

/** Everything that answers, once: routing, the page at / and the check of openapi.yaml are made from it. */
public enum Endpoint {
    HOME("GET", "/", "This page."),
    HEALTH("GET", "/healthz", "Whether the audit log can write and the control store answers."),
    OPENAPI("GET", "/api/v1/openapi.yaml", "The description of this API."),
    LIST(
            "GET",
            "/api/v1/releases",
            "Release requests that the caller may see: own ones, and for checkers those to review."),
    REQUEST("POST", "/api/v1/releases", "Runs a query, freezes its protected result and asks for its release."),
    SHOW("GET", "/api/v1/releases/{id}", "One request with its frozen table."),
    VOTE("POST", "/api/v1/releases/{id}/votes", "A checker approves, rejects or returns a request."),
    WITHDRAW("POST", "/api/v1/releases/{id}/withdraw", "The author takes a request back."),
    RESUME("POST", "/api/v1/releases/{id}/resume", "An operator lets a failed delivery be tried again."),
    DELIVERIES("GET", "/api/v1/deliveries", "For operators: requests that are approved, sealed or failed."),
    RELOAD(
            "POST",
            "/api/v1/policy/reload",
            "An operator puts the policy directory into force, or learns what is wrong with it.");

    private final String method;
    private final String path;
    private final String summary;

    Endpoint(String method, String path, String summary) {
        this.method = method;
        this.path = path;
        this.summary = summary;
    }

    public String method() {
        return method;
    }

    /** With {@code {id}} where a request's id stands. */
    public String path() {
        return path;
    }

    public String summary() {
        return summary;
    }

    /** @param id the part at {@code {id}}, as sent; empty when there is none */
    public record Match(Endpoint endpoint, String id) {}

    /**
     * @throws HttpProblemException 404 for a path, 405 for a method that does not exist
     */
    public static Match match(String method, String path) {
        List<String> methods = new ArrayList<>();
        for (Endpoint endpoint : values()) {
            String id = endpoint.idIn(path);
            if (id != null) {
                if (endpoint.method.equals(method)) {
                    return new Match(endpoint, id);
                }
                methods.add(endpoint.method);
            }
        }
        throw (methods.isEmpty() ? HttpProblem.noSuchPath() : HttpProblem.noSuchMethod(String.join(", ", methods)))
                .asException();
    }

    private @org.jspecify.annotations.Nullable String idIn(String asked) {
        int hole = path.indexOf("{id}");
        if (hole < 0) {
            return asked.equals(path) ? "" : null;
        }
        String before = path.substring(0, hole);
        String after = path.substring(hole + "{id}".length());
        if (asked.length() <= before.length() + after.length() || !asked.startsWith(before) || !asked.endsWith(after)) {
            return null;
        }
        String id = asked.substring(before.length(), asked.length() - after.length());
        return id.indexOf('/') < 0 && !asked.equals(OPENAPI.path) ? id : null;
    }
}
