package io.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How commands reach an installation: by URL and token, or by the state directory of a quickstart. */
final class ConnectionOptions {
    static final String TOKEN_VARIABLE = "WEIR_TOKEN";
    static final String URL_VARIABLE = "WEIR_URL";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Base URL of the installation, https (default: environment variable WEIR_URL).")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Bearer token (default: environment variable WEIR_TOKEN, which other users cannot see).")
    private @Nullable String token;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file with the authorities to trust instead of Java's.")
    private @Nullable Path authorities;

    @Option(names = "--state", paramLabel = "DIR", description = "State directory of a running quickstart; with --as.")
    private @Nullable Path state;

    @Option(names = "--as", paramLabel = "PERSON", description = "Demo person whose token is taken from --state.")
    private @Nullable String person;

    /** @throws CommandException when a file cannot be read */
    ApiClient client(Terminal terminal) {
        if (state != null) {
            if (url != null || token != null || authorities != null) {
                throw new ParameterException(spec.commandLine(), "--state takes the place of --url, --token and --ca");
            }
            if (person == null) {
                throw new ParameterException(spec.commandLine(), "--state needs --as PERSON");
            }
            return fromState(state, person);
        }
        String base = url != null ? url : terminal.variable(URL_VARIABLE).orElse(null);
        String bearer =
                token != null ? token : terminal.variable(TOKEN_VARIABLE).orElse(null);
        if (base == null || bearer == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "give --url and --token (or WEIR_URL and WEIR_TOKEN), or --state and --as of a quickstart");
        }
        return new ApiClient(address(base), bearer, authorities);
    }

    private URI address(String base) {
        URI uri;
        try {
            uri = URI.create(base);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--url is not a URL", e);
        }
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new ParameterException(spec.commandLine(), "--url must begin with https:// and name a host");
        }
        return uri;
    }

    private ApiClient fromState(Path directory, String who) {
        Path file = directory.resolve("connections.json");
        JsonNode http;
        try {
            http = new ObjectMapper().readTree(Files.readString(file)).path("http");
        } catch (JsonProcessingException e) {
            throw new CommandException(file + " is not JSON", e);
        } catch (IOException e) {
            throw new CommandException("cannot read " + file + ": is the quickstart running?", e);
        }
        String base = http.path("url").textValue();
        String bearer = http.path("tokens").path(who).textValue();
        String authority = http.path("caFile").textValue();
        if (base == null || authority == null) {
            throw new CommandException(file + " names no HTTP address");
        }
        if (bearer == null) {
            throw new CommandException("%s has no token for '%s'".formatted(file, who));
        }
        return new ApiClient(address(base), bearer, directory.resolve(authority));
    }
}
