package io.magpie.bench.load;

/**
 * Somebody who connects.
 *
 * @param name of the user, as the server knows it
 * @param credential what the protocol wants: a token, a password or nothing
 * @param port of the node to connect to
 * @param conversation number of the conversation, from 0
 * @param room its name, as the server knows it
 */
public record Member(String name, String credential, int port, int conversation, String room) {}
