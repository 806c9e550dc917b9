package io.weir.web;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how to listen.
 *
 * @param host address to bind
 * @param port 0 takes a free one
 * @param certificate PEM file with the chain
 * @param privateKey PEM file, PKCS#8
 * @param bodyBytes largest request body
 * @param connections most connections at a time
 * @param requests most requests worked on at a time; more are answered with 503
 * @param arrival longest time for a request's body to arrive
 * @param idle a connection without traffic for so long is closed; must be longer than the slowest answer
 */
public record WebConfig(
        String host,
        int port,
        Path certificate,
        Path privateKey,
        int bodyBytes,
        int connections,
        int requests,
        Duration arrival,
        Duration idle) {
    public WebConfig {
        if (bodyBytes < 1 || connections < 1 || requests < 1 || !arrival.isPositive() || !idle.isPositive()) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    /** 256 KiB bodies, 500 connections, 64 requests at a time, 15 s to arrive, 5 minutes idle. */
    public static WebConfig of(String host, int port, Path certificate, Path privateKey) {
        return new WebConfig(
                host,
                port,
                certificate,
                privateKey,
                256 * 1024,
                500,
                64,
                Duration.ofSeconds(15),
                Duration.ofMinutes(5));
    }
}
