package io.weir.web;

import io.weir.web.api.Endpoint;

/** One page without scripts, styles or forms: says what answers here. */
final class HomePage {
    static final String TEXT = text();

    private HomePage() {}

    private static String text() {
        StringBuilder out = new StringBuilder();
        out.append(
                        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Weir</title></head>\n<body>\n")
                .append("<h1>Weir</h1>\n")
                .append(
                        "<p>A governed SQL proxy for trusted research environments. Queries go over PostgreSQL's protocol;")
                .append(" this is the HTTP interface for release requests and their review.</p>\n")
                .append("<h2>Endpoints</h2>\n<table>\n")
                .append(
                        "<tr><th scope=\"col\">Method</th><th scope=\"col\">Path</th><th scope=\"col\">What it does</th></tr>\n");
        for (Endpoint endpoint : Endpoint.values()) {
            out.append("<tr><td>")
                    .append(endpoint.method())
                    .append("</td><td><code>")
                    .append(endpoint.path())
                    .append("</code></td><td>")
                    .append(endpoint.summary())
                    .append("</td></tr>\n");
        }
        return out.append(
                        "</table>\n<p>Everything under <code>/api/v1/releases</code> needs a bearer token. The description")
                .append(" for programs is <a href=\"/api/v1/openapi.yaml\">openapi.yaml</a>.</p>\n</body>\n</html>\n")
                .toString();
    }
}
