package io.magpie.operation;

import java.time.Duration;

/**
 * A result that also sets or clears the session cookie of the HTTP answer.
 *
 * @param value empty clears it
 */
public record WithCookie(Object body, String value, Duration maxAge) {}
