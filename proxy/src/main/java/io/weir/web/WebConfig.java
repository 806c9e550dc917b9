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
 * @param connectionsPerAddress most connections from one address; less than {@code connections}, so that others always find room
 * @param requests most requests worked on at a time; more are answered with 503
 * @param header longest time from a connection to its first complete request header, whatever trickles in
 * @param arrival longest time for a request's body to arrive
 * @param request longest time from a complete header to the last byte of its answer; must be longer than the slowest answer
 * @param idle longest time from an answer to the next complete header on a connection that is kept
 */
public record WebConfig(
        String host,
        int port,
        Path certificate,
        Path privateKey,
        int bodyBytes,
        int connections,
        int connectionsPerAddress,
        int requests,
        Duration header,
        Duration arrival,
        Duration request,
        Duration idle) {
    public WebConfig {
        if (bodyBytes < 1
                || requests < 1
                || !header.isPositive()
                || !arrival.isPositive()
                || !request.isPositive()
                || !idle.isPositive()) {
            throw new IllegalArgumentException("limits are positive");
        }
        if (connectionsPerAddress < 1 || connectionsPerAddress >= connections) {
            throw new IllegalArgumentException("one address has some of the connections, not all");
        }
    }

    /**
     * 256 KiB bodies; 500 connections, 50 of one address; 64 requests at a time; 10 s to a header, 15 s to a body, 5 minutes for a request, 30 s
     * between requests.
     */
    public static WebConfig of(String host, int port, Path certificate, Path privateKey) {
        return new WebConfig(
                host,
                port,
                certificate,
                privateKey,
                256 * 1024,
                500,
                50,
                64,
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30));
    }
}
