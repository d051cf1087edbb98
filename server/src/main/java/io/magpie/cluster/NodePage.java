package io.magpie.cluster;

import java.util.List;
import java.util.Optional;

/**
 * A page of living nodes, by id.
 *
 * @param next where the following page begins, if there is one
 */
public record NodePage(List<Node> items, Optional<String> next) {}
