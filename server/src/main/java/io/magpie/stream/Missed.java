package io.magpie.stream;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What one reading for a hello found.
 *
 * @param heads last number of each stream that exists
 * @param events in order, by stream
 */
public record Missed(Map<UUID, Long> heads, Map<UUID, List<Event>> events) {}
